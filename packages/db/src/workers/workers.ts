import type { BackendReport, StageName } from "@seedmask/core/contract";
import { asc, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { worker } from "../schema/index.ts";

/** Seconds of silence after which a worker counts as gone. */
export const WORKER_SILENCE_SECONDS = 20;

export interface RegisterWorkerInput {
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  readonly pid: number;
  readonly versions: Record<string, string>;
  readonly backend: BackendReport | null;
  readonly memoryBytes: number;
  readonly diskFreeBytes: number;
}

/** Makes a worker known, or known again under its id. */
export async function registerWorker(db: Database, input: RegisterWorkerInput): Promise<void> {
  const fresh = { ...input, startedAt: sql`now()`, lastBeatAt: sql`now()`, leftAt: null };
  await db.drizzle
    .insert(worker)
    .values(fresh)
    .onConflictDoUpdate({ target: worker.id, set: { ...fresh, run: null, stage: null } });
}

export interface BeatWorkerInput {
  readonly id: string;
  readonly memoryUsedBytes: number;
  readonly diskFreeBytes: number;
  readonly runId: string | null;
  readonly stage: StageName | null;
  readonly backend?: BackendReport;
}

/** A sign of life, every few seconds. */
export async function beatWorker(db: Database, input: BeatWorkerInput): Promise<void> {
  const { id, runId, ...facts } = input;
  await db.drizzle
    .update(worker)
    .set({ ...facts, run: runId, lastBeatAt: sql`now()` })
    .where(eq(worker.id, id));
}

/** A worker that ends by itself says so; one that does not falls silent. */
export async function leaveWorker(db: Database, id: string): Promise<void> {
  await db.drizzle
    .update(worker)
    .set({ leftAt: sql`now()`, run: null, stage: null })
    .where(eq(worker.id, id));
}

export type WorkerRow = Awaited<ReturnType<typeof listWorkers>>[number];

/** Workers that have not left, oldest first, and whether they were heard of lately. */
export async function listWorkers(db: Database) {
  const silence = sql`make_interval(secs => ${WORKER_SILENCE_SECONDS})`;
  return db.drizzle
    .select({
      id: worker.id,
      name: worker.name,
      hostname: worker.hostname,
      pid: worker.pid,
      versions: worker.versions,
      backend: worker.backend,
      memoryBytes: worker.memoryBytes,
      memoryUsedBytes: worker.memoryUsedBytes,
      diskFreeBytes: worker.diskFreeBytes,
      runId: worker.run,
      stage: worker.stage,
      startedAt: worker.startedAt,
      lastBeatAt: worker.lastBeatAt,
      alive: sql<boolean>`${worker.lastBeatAt} > now() - ${silence}`,
    })
    .from(worker)
    .where(isNull(worker.leftAt))
    .orderBy(asc(worker.startedAt));
}
