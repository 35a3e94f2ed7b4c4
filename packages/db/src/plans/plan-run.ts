import {
  plannedStages,
  type RunConfig,
  runConfigSchema,
  type StageName,
} from "@seedmask/core/contract";
import { stageNamed, stageWork, type WorkSize } from "@seedmask/core/plan";
import { eq, sql } from "drizzle-orm";
import type { Disk } from "flydrive";
import { availableParallelism } from "node:os";
import type { Database } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { datasetVersion, image } from "../schema/index.ts";
import { listWorkers } from "../workers/workers.ts";
import { findReuse, type ReusedFrom } from "./find-reuse.ts";
import { type MeasuredRate, measuredRate, workSize } from "./measured-rate.ts";
import { memoryRefusal } from "./memory-refusal.ts";
import { findWeightsHash } from "./weights-hash.ts";

export interface PlanRunInput {
  readonly config: RunConfig;
  /** Hash of the dataset version. */
  readonly dataset: string;
  /** The data home, where pretrained weights lie. */
  readonly files: Disk;
}

export interface PlannedStageRow {
  readonly stage: StageName;
  /** Run whose result will be taken over; null where the stage will run. */
  readonly reuse: ReusedFrom | null;
  /** Computed anew, as foretold from like work on these machines; null where none was measured. */
  readonly seconds: number | null;
  /** Executions the time comes from. */
  readonly executions: number;
  /** Estimate of the stage's own working memory: what the worker checks before it starts. */
  readonly memoryBytes: number;
  /** Highest that like work was seen to hold, process included; null where none was measured. */
  readonly peakMemoryBytes: number | null;
}

export interface RunPlan {
  readonly stages: PlannedStageRow[];
  /** Sum over the stages that will run and have a time. */
  readonly seconds: number;
  /** Stages that will run and have no time. */
  readonly unmeasured: StageName[];
  /** Why it could not be finished here, in a sentence; null where nothing speaks against it. */
  readonly refusal: string | null;
  /** Living workers; none means that the run will wait. */
  readonly workers: number;
}

/**
 * What a run would take, before it is made: the stages it takes over, the time of the others as
 * measured on the machines that are here, and whether one of these has the memory.
 * @throws {NotFoundError} for an unknown dataset version
 */
export async function planRun(db: Database, input: PlanRunInput): Promise<RunPlan> {
  const { dataset } = input;
  const config = runConfigSchema.parse(input.config);
  const [images, workers] = await Promise.all([imagesOf(db, dataset), listWorkers(db)]);
  const size = workSize(config, images.splits, images.pixels);
  const stages = plannedStages(config);
  const weights = await findWeightsHash(input.files, config.backbone.weights);
  const reused =
    weights.missing === null
      ? await findReuse(db, { config, dataset, stages, weights: weights.hash })
      : new Map<StageName, ReusedFrom>();
  const rates = await Promise.all(stages.map((stage) => measuredRate(db, { stage, config, size })));
  const rows = stages.map((stage, at) =>
    plannedRow(stage, { config, images, size, reuse: reused.get(stage), rate: rates[at] ?? null }),
  );
  const running = rows.filter(({ reuse }) => reuse === null);
  const alive = workers.filter((worker) => worker.alive);
  return {
    stages: rows,
    seconds: running.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    unmeasured: running.filter(({ seconds }) => seconds === null).map(({ stage }) => stage),
    refusal: weights.missing ?? memoryRefusal(rows, alive),
    workers: alive.length,
  };
}

/**
 * Refuses a run before it is made that could not be finished.
 * @throws {PreconditionError} with the reason
 */
export async function requireFeasible(db: Database, input: PlanRunInput): Promise<void> {
  const { refusal } = await planRun(db, input);
  if (refusal !== null) throw new PreconditionError(`create run: ${refusal}`);
}

interface Images {
  readonly splits: Readonly<Record<string, number>>;
  readonly pixels: number;
  readonly largest: number;
}

async function imagesOf(db: Database, hash: string): Promise<Images> {
  const pixels = sql`${image.width}::float8 * ${image.height}`;
  const [row] = await db.drizzle
    .select({
      splits: datasetVersion.splits,
      pixels: sql<number>`coalesce(avg(${pixels}), 0)`,
      largest: sql<number>`coalesce(max(${pixels}), 0)`,
    })
    .from(datasetVersion)
    .leftJoin(image, eq(image.dataset, datasetVersion.hash))
    .where(eq(datasetVersion.hash, hash))
    .groupBy(datasetVersion.hash);
  if (!row) {
    throw new NotFoundError(
      `plan: expected a dataset version ${hash.slice(0, 12)}, found none. Import it first.`,
    );
  }
  return row;
}

interface StageQuestion {
  readonly config: RunConfig;
  readonly images: Images;
  readonly size: WorkSize;
  readonly reuse: ReusedFrom | undefined;
  readonly rate: MeasuredRate | null;
}

function plannedRow(stage: StageName, question: StageQuestion): PlannedStageRow {
  const { config, images, size, reuse, rate } = question;
  const { amount } = stageWork(stage, config, size);
  return {
    stage,
    reuse: reuse ?? null,
    seconds: rate === null ? null : rate.secondsPerUnit * amount,
    executions: rate?.executions ?? 0,
    // Threads of this machine; a worker elsewhere checks again with its own.
    memoryBytes: stageNamed(stage).memory({
      config,
      threads: availableParallelism(),
      largestImage: images.largest,
    }),
    peakMemoryBytes: rate?.peakMemoryBytes ?? null,
  };
}
