import { readFile, statfs } from "node:fs/promises";
import { arch, cpus, hostname, platform, totalmem } from "node:os";
import type { BackendReport, StageName } from "@seedmask/core/contract";
import { beatWorker, type Database, isRefused, registerWorker } from "@seedmask/db";
import { codeVersion } from "./code-version.ts";

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

async function diskOf(folder: string): Promise<{ diskFreeBytes: number; diskBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { diskFreeBytes: bavail * bsize, diskBytes: blocks * bsize };
}

/** Share of all cores that was busy since the last call, 0…1; null at the first. */
function cpuMeter(): () => number | null {
  const read = (): { idle: number; all: number } => {
    const times = cpus().map((cpu) => cpu.times);
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    return {
      idle: sum(times.map(({ idle }) => idle)),
      all: sum(times.map((each) => sum(Object.values(each)))),
    };
  };
  let last = read();
  return () => {
    const now = read();
    const all = now.all - last.all;
    const share = all <= 0 ? null : 1 - (now.idle - last.idle) / all;
    last = now;
    return share;
  };
}

interface HeartbeatOptions {
  readonly onError: (error: unknown) => void;
  /** This worker was taken out of the team: nothing it does is wanted any more. */
  readonly onRevoked: () => void;
}

/** Makes the worker known and tells every few seconds that it is alive, also while it computes. */
export async function startHeartbeat(
  db: Database,
  state: WorkerState,
  { onError, onRevoked }: HeartbeatOptions,
): Promise<{ stop(): void }> {
  const { id, home } = state;
  const cpuShare = cpuMeter();
  await registerWorker(db, {
    id,
    name: `${hostname()}-${process.pid}`,
    hostname: hostname(),
    pid: process.pid,
    versions: {
      seedmask: codeVersion(),
      node: process.versions.node,
      system: `${platform()}-${arch()}`,
    },
    backend: state.backend,
    cpuModel: cpus()[0]?.model ?? null,
    cores: cpus().length,
    memoryBytes: totalmem(),
    ...(await diskOf(home)),
  });
  const beat = async (): Promise<void> => {
    const memory = process.memoryUsage.rss() + (await memoryOf(state.childPid()));
    const { diskFreeBytes } = await diskOf(home);
    const { revoked } = await beatWorker(db, {
      id,
      cpuShare: cpuShare(),
      memoryUsedBytes: memory,
      diskFreeBytes,
      runId: state.running?.runId ?? null,
      stage: state.running?.stage ?? null,
      ...(state.backend && { backend: state.backend }),
    });
    if (revoked) onRevoked();
  };
  const onFailure = (error: unknown): void => (isRefused(error) ? onRevoked() : onError(error));
  const timer = setInterval(() => void beat().catch(onFailure), EVERY_MILLISECONDS);
  return { stop: () => clearInterval(timer) };
}
