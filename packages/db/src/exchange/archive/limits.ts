import { DatasetError } from "@seedmask/core/contract";

/** How much an archive from outside may unpack to. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of one file, and of all, once unpacked. */
  readonly fileBytes: number;
  readonly totalBytes: number;
  /** Unpacked bytes for each packed one; photographs hardly shrink, bombs do. */
  readonly ratio: number;
}

/** COCO with its 123,287 images and their masks fits in. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 500_000,
  fileBytes: 4 * 2 ** 30,
  totalBytes: 100 * 2 ** 30,
  ratio: 200,
};

export function refuseArchive(expected: string, found: string): DatasetError {
  return new DatasetError(`archive: expected ${expected}, got ${found}. Nothing was imported.`, {
    details: { check: "archive" },
  });
}

/** Keeps count of what an archive unpacks to. */
export class ArchiveMeter {
  readonly #limits: ArchiveLimits;
  readonly #allowed: number;
  #entries = 0;
  #bytes = 0;

  constructor(limits: ArchiveLimits, packedBytes: number) {
    this.#limits = limits;
    this.#allowed = Math.min(limits.totalBytes, Math.max(2 ** 20, packedBytes * limits.ratio));
  }

  /** @throws {DatasetError} with one entry too many */
  entry(): void {
    this.#entries += 1;
    if (this.#entries > this.#limits.entries) {
      throw refuseArchive(`at most ${this.#limits.entries} entries`, "more");
    }
  }

  /** @throws {DatasetError} as soon as a file, or all of them, become too large */
  bytes(more: number, ofFile: number, name: string): void {
    this.#bytes += more;
    if (ofFile > this.#limits.fileBytes) {
      throw refuseArchive(`files of at most ${this.#limits.fileBytes} bytes`, `a larger ${name}`);
    }
    if (this.#bytes > this.#allowed) {
      throw refuseArchive(`at most ${this.#allowed} bytes unpacked`, "more");
    }
  }
}

/**
 * The path of an entry below the folder it is unpacked to.
 * @throws {DatasetError} for one that leads out of it
 */
export function safeEntryPath(name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  const wrong =
    name.startsWith("/") ||
    /^[A-Za-z]:/.test(name) ||
    /[\\\p{Cc}]/u.test(name) ||
    name.length > 1024 ||
    parts.some((part) => part === ".." || Buffer.byteLength(part) > 255);
  if (wrong) throw refuseArchive("entries inside the archive's folder", JSON.stringify(name));
  return parts.join("/");
}
