import { StorageError } from "../contract/index.ts";

/**
 * A system error as StorageError where it is not about the folder that was read: a full disk names
 * no path at all. Anything else as it is.
 */
export function asStorageError(cause: unknown, source: string, home: string): unknown {
  if (!(cause instanceof Error) || !("syscall" in cause) || !("code" in cause)) return cause;
  const path = "path" in cause && typeof cause.path === "string" ? cause.path : null;
  if (path?.startsWith(source) === true) return cause;
  return new StorageError(
    `${path ?? home}: expected a disk that can be written, got ${String(cause.code)}. Free some space or mend the disk, then import again.`,
    { cause },
  );
}
