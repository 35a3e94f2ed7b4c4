import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { DatasetError } from "@seedmask/core/contract";
import { unpackArchive } from "@seedmask/db/exchange/archive";

export interface ImportSource {
  readonly folder: string;
  /** Removes what was unpacked; with `kept` false an uploaded archive too. */
  close(options: { kept: boolean }): Promise<void>;
}

/** The folder an import reads: the path itself, or what the archive there unpacks to. */
export async function openSource(
  path: string,
  { home, signal }: { readonly home: string; readonly signal: AbortSignal },
): Promise<ImportSource> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new DatasetError(`${path}: expected a folder or an archive, found nothing.`, { cause });
  });
  if (!found.isFile()) return { folder: path, close: async () => undefined };
  const work = join(home, "work");
  await mkdir(work, { recursive: true });
  const folder = await mkdtemp(join(work, "archive-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await unpackArchive(path, folder, { signal });
  } catch (error) {
    await remove();
    throw error;
  }
  const uploaded = dirname(resolve(path)) === resolve(home, "uploads");
  return {
    folder,
    close: async ({ kept }) => {
      await remove();
      if (uploaded && !kept) await rm(path, { force: true });
    },
  };
}
