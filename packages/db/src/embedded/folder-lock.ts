import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseUnavailableError } from "../errors.ts";
import { isAlive } from "./postmaster.ts";

/** Runs `work` while no other live process on this machine does so under the same lock file. */
export async function withFolderLock<T>(
  file: string,
  work: () => Promise<T>,
  seconds = 90,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    if (holder > 0 && (holder === process.pid ? false : !isAlive(holder))) {
      await rm(file, { force: true });
      continue;
    }
    if (Date.now() > deadline) {
      throw new DatabaseUnavailableError(
        `embedded PostgreSQL: process ${holder} has held ${file} for ${seconds} s. ` +
          "Wait for it, or delete the file if that process is not Seedmask.",
      );
    }
    await sleep(25);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
