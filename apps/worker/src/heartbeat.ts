import { readFile, statfs } from "node:fs/promises";
import { hostname, totalmem } from "node:os";
import type { BackendReport, StageName } from "@seedmask/core/contract";
import { beatWorker, type Database, registerWorker } from "@seedmask/db";

const EVERY_MILLISECONDS = 5000;
const PAGE_BYTES = 4096;

export interface WorkerState {
  readonly id: string;
  readonly home: string;
  backend: BackendReport | null;
  running: { readonly runId: string; readonly stage: StageName } | null;
  /** Process id of the compute child. */
  childPid: () => number | null;
}

async function memoryOf(pid: number | null): Promise<number> {
  if (pid === null) return 0;
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "0 0");
  return Number(text.split(" ")[1]) * PAGE_BYTES;
}

const diskFree = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Makes the worker known and tells every few seconds that it is alive, also while it computes. */
export async function startHeartbeat(
  db: Database,
  state: WorkerState,
  onError: (error: unknown) => void,
): Promise<{ stop(): void }> {
  const { id, home } = state;
  await registerWorker(db, {
    id,
    name: `${hostname()}-${process.pid}`,
    hostname: hostname(),
    pid: process.pid,
    versions: { node: process.versions.node },
    backend: state.backend,
    memoryBytes: totalmem(),
    diskFreeBytes: await diskFree(home),
  });
  const beat = async (): Promise<void> => {
    const memory = process.memoryUsage.rss() + (await memoryOf(state.childPid()));
    await beatWorker(db, {
      id,
      memoryUsedBytes: memory,
      diskFreeBytes: await diskFree(home),
      runId: state.running?.runId ?? null,
      stage: state.running?.stage ?? null,
      ...(state.backend && { backend: state.backend }),
    });
  };
  const timer = setInterval(() => void beat().catch(onError), EVERY_MILLISECONDS);
  return { stop: () => clearInterval(timer) };
}
