import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { openPromise } from "yauzl";
import { ARCHIVE_LIMITS, ArchiveMeter, refuseArchive, safeEntryPath } from "./limits.ts";

export interface UnpackOptions {
  readonly signal: AbortSignal;
  readonly onEntry?: (entries: number) => void;
  readonly limits?: typeof ARCHIVE_LIMITS;
}

type ArchiveKind = "zip" | "tar" | "tar.gz";
const TAR_MAGIC_AT = 257;

/** What a file is by its first bytes, whatever its name says; null where it is no archive. */
async function kindOf(file: string): Promise<ArchiveKind | null> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.subarray(0, 2).toString("latin1") === "PK") return "zip";
    if (head[0] === 0x1f && head[1] === 0x8b) return "tar.gz";
    const magic = head.subarray(TAR_MAGIC_AT, TAR_MAGIC_AT + 5).toString("latin1");
    return magic === "ustar" ? "tar" : null;
  } finally {
    await handle.close();
  }
}

interface Unpacking {
  readonly folder: string;
  readonly meter: ArchiveMeter;
  readonly options: UnpackOptions;
  entries: number;
}

/** Writes one file and counts its bytes as they come, whatever its header promised. */
async function writeEntry(
  unpacking: Unpacking,
  name: string,
  content: AsyncIterable<unknown>,
): Promise<void> {
  const { folder, meter, options } = unpacking;
  meter.entry();
  const path = join(folder, safeEntryPath(name));
  await mkdir(dirname(path), { recursive: true });
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      try {
        meter.bytes(chunk.length, size, name);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  const { signal } = options;
  // wx: an archive that names a file twice is refused, not merged.
  await pipeline(content, count, createWriteStream(path, { flags: "wx", mode: 0o644 }), { signal });
  unpacking.entries += 1;
  options.onEntry?.(unpacking.entries);
}

const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;

async function unpackZip(file: string, unpacking: Unpacking): Promise<void> {
  const zip = await openPromise(file, { autoClose: true, strictFileNames: true });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      const type = (entry.externalFileAttributes >>> 16) & S_IFMT;
      if (type !== 0 && type !== S_IFREG && type !== S_IFDIR) {
        throw refuseArchive("files and folders only", `a link or device ${JSON.stringify(name)}`);
      }
      if (name.endsWith("/")) unpacking.meter.entry();
      else await writeEntry(unpacking, name, await zip.openReadStreamPromise(entry));
    }
  } finally {
    zip.close();
  }
}

async function unpackTar(file: string, gzip: boolean, unpacking: Unpacking): Promise<void> {
  const entries = extract();
  const { signal } = unpacking.options;
  const fed = gzip
    ? pipeline(createReadStream(file), createGunzip(), entries, { signal })
    : pipeline(createReadStream(file), entries, { signal });
  const read = (async () => {
    for await (const entry of entries) {
      const { name, type } = entry.header;
      if (type === "file" || type === "contiguous-file") await writeEntry(unpacking, name, entry);
      else if (type === "directory") {
        unpacking.meter.entry();
        entry.resume();
      } else {
        throw refuseArchive("files and folders only", `a ${type} ${JSON.stringify(name)}`);
      }
    }
  })();
  await Promise.all([fed, read]);
}

/**
 * Unpacks a zip, tar or tar.gz that came from outside into an empty folder. Sizes are counted while
 * they are written; links, devices, names that lead out and names given twice are refused.
 *
 * @throws {DatasetError} naming what was wrong; the caller removes the folder
 */
export async function unpackArchive(
  file: string,
  folder: string,
  options: UnpackOptions,
): Promise<{ entries: number }> {
  const kind = await kindOf(file);
  if (kind === null) throw refuseArchive("a zip, tar or tar.gz", "another kind of file");
  const { size } = await stat(file);
  const meter = new ArchiveMeter(options.limits ?? ARCHIVE_LIMITS, size);
  const unpacking: Unpacking = { folder, meter, options, entries: 0 };
  try {
    if (kind === "zip") await unpackZip(file, unpacking);
    else await unpackTar(file, kind === "tar.gz", unpacking);
  } catch (error) {
    if (options.signal.aborted || !(error instanceof Error) || error.name === "DatasetError") {
      throw error;
    }
    throw refuseArchive("an archive that can be read", error.message);
  }
  return { entries: unpacking.entries };
}
