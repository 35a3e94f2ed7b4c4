import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { StorageError } from "../contract/index.ts";

/** Writes bytes to a new file and reaches the disk before it returns. */
export type WriteBytes = (path: string, bytes: Uint8Array) => Promise<void>;

export const writeBytes: WriteBytes = async (path, bytes) => {
  const file = await open(path, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** The system's word for what went wrong, e.g. ENOSPC. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "an error";
}

/**
 * Puts a file in place as a whole or not at all: written beside its place, then renamed.
 *
 * @throws {StorageError} where the disk is full, read-only or gone; nothing half-written stays
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array | string,
  write: WriteBytes = writeBytes,
): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(temporary, Buffer.from(bytes));
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new StorageError(
      `${path}: expected a disk that can be written, got ${systemCode(cause)}. Free some space or mend the disk; the work goes on from its last checkpoint.`,
      { cause },
    );
  }
}
