import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Process id in postmaster.pid of a cluster that runs; null where no server is alive. */
export async function runningPostmaster(dataFolder: string): Promise<number | null> {
  const text = await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => null);
  const pid = Number(text?.split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  // After a reboot the number may belong to any other program.
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  if (command !== null && !command.includes("postgres")) return null;
  return pid;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Ends a server the way that neither waits for its clients nor needs recovery: SIGINT. SIGTERM would
 * wait for every client to leave.
 */
export async function stopPostmaster(dataFolder: string, seconds = 30): Promise<void> {
  const pid = await runningPostmaster(dataFolder);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + seconds * 1000;
  while (isAlive(pid) && Date.now() < deadline) await sleep(20);
  if (isAlive(pid)) process.kill(pid, "SIGQUIT");
}
