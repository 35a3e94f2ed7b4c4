import { type RunConfig, runConfigSchema, type StageName } from "@seedmask/core/contract";
import { stageWork, type WorkSize } from "@seedmask/core/plan";
import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** What earlier executions of a stage on the machines that are here now took for one unit of work. */
export interface MeasuredRate {
  /** Median over the executions. */
  readonly secondsPerUnit: number;
  readonly executions: number;
  /** Highest of the executions; it includes the process itself. */
  readonly peakMemoryBytes: number;
}

/** Newest executions that are looked at; older ones speak of older code. */
const LOOKED_AT = 40;

interface Execution {
  readonly config: RunConfig;
  readonly seconds: number;
  readonly peakMemoryBytes: number;
  readonly size: WorkSize;
}

/**
 * Whole executions on the devices of the living workers. A stage that went on from a checkpoint has
 * measured only its last part, so it does not count.
 */
async function executionsOf(
  db: Database,
  stage: StageName,
  backbone: string,
): Promise<Execution[]> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    with recent as (
      select run.config, run.dataset, s.seconds, s.peak_memory_bytes
      from stage_run s join run on run.id = s.run_id
      where s.stage = ${stage} and s.status = 'succeeded' and s.attempt = 1 and s.seconds > 0
        and run.config -> 'backbone' ->> 'name' = ${backbone}
        and (run.backend ->> 'backend', run.backend ->> 'device') in (
          select backend ->> 'backend', backend ->> 'device' from worker
          where left_at is null and backend is not null)
      order by s.finished_at desc limit ${LOOKED_AT}
    ), sizes as (
      select dataset, avg(width::float8 * height) as pixels from image
      where dataset in (select dataset from recent) group by dataset
    )
    select recent.*, sizes.pixels, dataset_version.splits from recent
      join sizes using (dataset) join dataset_version on dataset_version.hash = recent.dataset`);
  return rows.flatMap((row) => {
    // A run may be older than some fields; the schema knows what they meant then.
    const config = runConfigSchema.safeParse(row["config"]).data;
    if (!config) return [];
    const splits = row["splits"] as Record<string, number>;
    return {
      config,
      seconds: Number(row["seconds"]),
      peakMemoryBytes: Number(row["peak_memory_bytes"] ?? 0),
      size: workSize(config, splits, Number(row["pixels"])),
    };
  });
}

/** Images a config works on, of a dataset with these splits. */
export function workSize(
  { trainSplit, evaluationSplit }: RunConfig,
  splits: Readonly<Record<string, number>>,
  pixels: number,
): WorkSize {
  const train = splits[trainSplit] ?? 0;
  const evaluation = evaluationSplit === trainSplit ? 0 : (splits[evaluationSplit] ?? 0);
  return { train, all: train + evaluation, pixels };
}

/** Null where no like work was done here yet: nothing is guessed from another kind. */
export async function measuredRate(
  db: Database,
  { stage, config, size }: { stage: StageName; config: RunConfig; size: WorkSize },
): Promise<MeasuredRate | null> {
  const { like } = stageWork(stage, config, size);
  const rates: number[] = [];
  let peakMemoryBytes = 0;
  for (const execution of await executionsOf(db, stage, config.backbone.name)) {
    const work = stageWork(stage, execution.config, execution.size);
    if (work.like !== like || work.amount === 0) continue;
    rates.push(execution.seconds / work.amount);
    peakMemoryBytes = Math.max(peakMemoryBytes, execution.peakMemoryBytes);
  }
  if (rates.length === 0) return null;
  const sorted = rates.toSorted((left, right) => left - right);
  const [low, high] = [Math.floor, Math.ceil].map(
    (round) => sorted[round((sorted.length - 1) / 2)]!,
  );
  return { secondsPerUnit: (low! + high!) / 2, executions: rates.length, peakMemoryBytes };
}
