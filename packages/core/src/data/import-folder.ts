import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const IMPORT_FOLDER = /^\.import-(\d+)-/;

/** A folder for an import under way, named by the process that writes it. */
export async function createImportFolder(datasets: string): Promise<string> {
  const folder = join(datasets, `.import-${process.pid}-${randomUUID()}`);
  await mkdir(folder);
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}

/** Removes what imports of ended processes left behind. */
export async function sweepImportFolders(datasets: string): Promise<void> {
  for (const name of await readdir(datasets)) {
    const pid = IMPORT_FOLDER.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(datasets, name), { recursive: true, force: true });
  }
}
