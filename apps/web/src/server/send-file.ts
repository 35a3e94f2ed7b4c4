import "server-only";
import { Readable } from "node:stream";
import type { Disk } from "flydrive";

const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  json: "application/json",
  safetensors: "application/octet-stream",
};

const plain = (text: string, status: number): Response => new Response(text, { status });

export interface FileRequest {
  readonly request: Request;
  readonly files: Disk;
  /** Storage key, already checked; names its content, so the answer never changes. */
  readonly key: string;
  readonly etag: string;
}

/** Streams a file that never changes; a browser that has it gets 304 and no bytes. */
export async function sendFile({ request, files, key, etag }: FileRequest): Promise<Response> {
  const headers = new Headers({
    etag: `"${etag}"`,
    "cache-control": "private, max-age=31536000, immutable",
    "content-type": TYPES[key.slice(key.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  if (request.headers.get("if-none-match") === `"${etag}"`) {
    return new Response(null, { status: 304, headers });
  }
  if (!(await files.exists(key))) return plain("There is no such file.", 404);
  const { contentLength } = await files.getMetaData(key);
  headers.set("content-length", String(contentLength));
  const stream = Readable.toWeb(await files.getStream(key));
  return new Response(stream as ReadableStream<Uint8Array>, { headers });
}

/**
 * Sends several files as one body: u32 (little endian) length of the head; head: JSON array of byte
 * counts, null for a file that is not there; then the files.
 */
export async function sendBundle(files: Disk, keys: readonly string[]): Promise<Response> {
  const parts = await Promise.all(
    keys.map(async (key) => ((await files.exists(key)) ? files.getBytes(key) : null)),
  );
  const head = Buffer.from(JSON.stringify(parts.map((part) => part?.length ?? null)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const body = Buffer.concat([length, head, ...parts.filter((part) => part !== null)]);
  const whole = !parts.includes(null);
  return new Response(body, {
    headers: {
      "cache-control": whole ? "private, max-age=31536000, immutable" : "no-store",
      "content-type": "application/octet-stream",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
}

export const notSignedIn = (): Response => plain("Sign in first.", 401);
export const notFound = (): Response => plain("There is no such file.", 404);
export const forbidden = (text: string): Response => plain(text, 403);
