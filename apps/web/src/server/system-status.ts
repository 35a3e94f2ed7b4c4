import { access, constants, statfs } from "node:fs/promises";
import { type Database, listJobs, listWorkers, pingDatabase } from "@seedmask/db";

/** Below this a stage may not find room for its checkpoints and masks. */
const LOW_DISK_BYTES = 2e9;

export interface SystemStatus {
  /** `degraded`: pages are served, but something needs a person. */
  readonly status: "ok" | "degraded" | "unavailable";
  readonly database: { readonly ok: boolean; readonly milliseconds: number | null };
  readonly storage: { readonly ok: boolean; readonly freeBytes: number | null };
  readonly workers: { readonly ok: boolean; readonly alive: number; readonly outdated: number };
  readonly queue: { readonly running: number; readonly waiting: number };
}

async function storageOf(home: string): Promise<SystemStatus["storage"]> {
  try {
    await access(home, constants.R_OK | constants.W_OK);
    const { bavail, bsize } = await statfs(home);
    const freeBytes = bavail * bsize;
    return { ok: freeBytes >= LOW_DISK_BYTES, freeBytes };
  } catch {
    return { ok: false, freeBytes: null };
  }
}

/** Whether everything a run needs is there: the database, room to write, a worker. */
export async function readSystemStatus(
  db: Database,
  { home, isOutdated }: { home: string; isOutdated: (versions: Record<string, string>) => boolean },
): Promise<SystemStatus> {
  const storage = await storageOf(home);
  try {
    const { milliseconds } = await pingDatabase(db);
    const [workers, jobs] = await Promise.all([listWorkers(db), listJobs(db)]);
    const alive = workers.filter((worker) => worker.alive);
    const outdated = alive.filter(({ versions }) => isOutdated(versions)).length;
    const ok = alive.length > 0 && outdated === 0;
    return {
      status: storage.ok && ok ? "ok" : "degraded",
      database: { ok: true, milliseconds },
      storage,
      workers: { ok, alive: alive.length, outdated },
      queue: {
        running: jobs.filter(({ state }) => state === "active").length,
        waiting: jobs.filter(({ state }) => state !== "active").length,
      },
    };
  } catch {
    return {
      status: "unavailable",
      database: { ok: false, milliseconds: null },
      storage,
      workers: { ok: false, alive: 0, outdated: 0 },
      queue: { running: 0, waiting: 0 },
    };
  }
}
