import type { BackendReport, StageName } from "@seedmask/core/contract";
import { and, asc, desc, eq, getTableColumns, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { run, stageRun, worker, workerPairing, workerSample } from "../schema/index.ts";

/** Seconds of silence after which a worker counts as gone. */
export const WORKER_SILENCE_SECONDS = 20;

export interface RegisterWorkerInput {
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  readonly pid: number;
  readonly versions: Record<string, string>;
  readonly backend: BackendReport | null;
  readonly cpuModel: string | null;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly diskFreeBytes: number;
  readonly diskBytes: number;
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
  readonly cpuShare: number | null;
  readonly memoryUsedBytes: number;
  readonly diskFreeBytes: number;
  readonly runId: string | null;
  readonly stage: StageName | null;
  readonly backend?: BackendReport;
}

/** Seconds between two samples of a worker's load, and for how long they are kept. */
const SAMPLE_SECONDS = 15;
const SAMPLE_HOURS = 6;

/** A sign of life, every few seconds. `revoked`: its pairing was taken back, it has to end. */
export async function beatWorker(
  db: Database,
  input: BeatWorkerInput,
): Promise<{ revoked: boolean }> {
  const { id, runId, ...facts } = input;
  await db.drizzle
    .update(worker)
    .set({ ...facts, run: runId, lastBeatAt: sql`now()` })
    .where(eq(worker.id, id));
  await recordSample(db, input);
  const revoked = await db.drizzle
    .select({ id: workerPairing.id })
    .from(workerPairing)
    .where(and(eq(workerPairing.id, id), isNotNull(workerPairing.revokedAt)));
  return { revoked: revoked.length > 0 };
}

async function recordSample(db: Database, beat: BeatWorkerInput): Promise<void> {
  const { id, cpuShare, memoryUsedBytes, diskFreeBytes, runId } = beat;
  const ofWorker = eq(workerSample.worker, id);
  const recent = gt(workerSample.at, sql`now() - make_interval(secs => ${SAMPLE_SECONDS - 1})`);
  const [fresh] = await db.drizzle
    .select({ at: workerSample.at })
    .from(workerSample)
    .where(and(ofWorker, recent))
    .limit(1);
  if (fresh) return;
  const load = { cpuShare, memoryUsedBytes, diskFreeBytes, busy: runId !== null };
  await db.drizzle
    .insert(workerSample)
    .values({ worker: id, ...load })
    .onConflictDoNothing();
  const old = lt(workerSample.at, sql`now() - make_interval(hours => ${SAMPLE_HOURS})`);
  await db.drizzle.delete(workerSample).where(and(ofWorker, old));
}

/** A worker that ends by itself says so; one that does not falls silent. */
export async function leaveWorker(db: Database, id: string): Promise<void> {
  await db.drizzle
    .update(worker)
    .set({ leftAt: sql`now()`, run: null, stage: null })
    .where(eq(worker.id, id));
}

const silence = sql`make_interval(secs => ${WORKER_SILENCE_SECONDS})`;
const { run: runId, ...facts } = getTableColumns(worker);
const columns = {
  ...facts,
  runId,
  alive: sql<boolean>`${worker.leftAt} is null and ${worker.lastBeatAt} > now() - ${silence}`,
  /** Null for one that was started beside its database. */
  pairing: {
    name: workerPairing.name,
    pairedAt: workerPairing.pairedAt,
    revokedAt: workerPairing.revokedAt,
  },
};

/** Days for which a worker that fell silent is still shown. */
const SHOWN_DAYS = 7;

export type WorkerRow = Awaited<ReturnType<typeof listWorkers>>[number];

/** Workers that have not left, oldest first, and whether they were heard of lately. */
export async function listWorkers(db: Database) {
  return db.drizzle
    .select(columns)
    .from(worker)
    .leftJoin(workerPairing, eq(workerPairing.id, worker.id))
    .where(
      and(
        isNull(worker.leftAt),
        isNull(workerPairing.revokedAt),
        gt(worker.lastBeatAt, sql`now() - make_interval(days => ${SHOWN_DAYS})`),
      ),
    )
    .orderBy(asc(worker.startedAt));
}

/** Stages shown of a worker's past. */
const STAGES_SHOWN = 20;

/** One worker, gone or not, with its load over the last hours and the stages it did last. */
export async function getWorker(db: Database, id: string) {
  const [row] = await db.drizzle
    .select(columns)
    .from(worker)
    .leftJoin(workerPairing, eq(workerPairing.id, worker.id))
    .where(eq(worker.id, id));
  if (!row) throw new NotFoundError(`worker ${id}: expected a worker, found none.`);
  const { worker: _worker, ...load } = getTableColumns(workerSample);
  const [samples, stages] = await Promise.all([
    db.drizzle
      .select(load)
      .from(workerSample)
      .where(eq(workerSample.worker, id))
      .orderBy(asc(workerSample.at)),
    db.drizzle
      .select({
        runId: run.id,
        runName: run.name,
        stage: stageRun.stage,
        status: stageRun.status,
        seconds: stageRun.seconds,
        peakMemoryBytes: stageRun.peakMemoryBytes,
        startedAt: stageRun.startedAt,
      })
      .from(stageRun)
      .innerJoin(run, eq(run.id, stageRun.run))
      .where(and(eq(stageRun.worker, id), isNotNull(stageRun.startedAt)))
      .orderBy(desc(stageRun.startedAt))
      .limit(STAGES_SHOWN),
  ]);
  return { ...row, samples, stages };
}
