import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { hasRole } from "@seedmask/db";
import { scopeRefusal } from "#server/access.ts";
import { isSameOrigin } from "#server/same-origin.ts";
import { forbidden, notSignedIn } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

const MAX_BYTES = 50 * 2 ** 30;

class TooLargeError extends Error {}

/** Counts what really comes: the length a client states is only its word. */
function atMost(limit: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) done(new TooLargeError());
      else done(null, chunk);
    },
  });
}

/** Keeps an archive for an import to unpack; answers with its path on this server. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return forbidden("Requests come from this site.");
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const refusal = scopeRefusal(account, "dataset:write");
  if (refusal) return forbidden(refusal);
  if (!hasRole(account, "maintainer")) {
    return forbidden("Uploading a dataset needs the role maintainer.");
  }
  if (!request.body) return new Response("There is no file in this request.", { status: 400 });
  const folder = join(services().env.SEEDMASK_HOME, "uploads");
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const partial = `${path}.part`;
  try {
    const body = Readable.fromWeb(request.body as WebStream<Uint8Array>);
    await pipeline(
      body,
      atMost(MAX_BYTES),
      createWriteStream(partial, { flags: "wx", mode: 0o600 }),
    );
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof TooLargeError) {
      return new Response("The archive is larger than 50 GB. Import it from a server path.", {
        status: 413,
      });
    }
    throw error;
  }
  return Response.json({ path });
}
