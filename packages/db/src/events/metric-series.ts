import type { StageName } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

export interface MetricExtreme {
  readonly step: number;
  readonly value: number;
}

export interface MetricSummary {
  readonly stage: StageName;
  readonly name: string;
  readonly points: number;
  readonly last: MetricExtreme;
  readonly min: MetricExtreme;
  readonly max: MetricExtreme;
}

/** Which curves a run has, with their last, lowest and highest value. */
export async function listMetricSeries(db: Database, runId: string): Promise<MetricSummary[]> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    select stage, name, count(*)::int as points,
      (array_agg(array[step, value] order by step desc))[1:1] as last,
      (array_agg(array[step, value] order by value, step))[1:1] as low,
      (array_agg(array[step, value] order by value desc, step))[1:1] as high
    from metric_point where run_id = ${runId}
    group by stage, name order by min(at), name`);
  const extreme = (pair: unknown): MetricExtreme => {
    const [[step, value]] = pair as [[number, number]];
    return { step, value };
  };
  return rows.map((row) => ({
    stage: row["stage"] as StageName,
    name: String(row["name"]),
    points: Number(row["points"]),
    last: extreme(row["last"]),
    min: extreme(row["low"]),
    max: extreme(row["high"]),
  }));
}

export interface ReadMetricSeriesInput {
  readonly runId: string;
  readonly names?: readonly string[];
  readonly stage?: StageName;
  /** Points of one curve at most; default 1000. */
  readonly maxPoints?: number;
}

export interface MetricSeries {
  readonly stage: StageName;
  readonly name: string;
  readonly steps: number[];
  readonly values: number[];
  /** Points before thinning. */
  readonly total: number;
}

/**
 * Curves, thinned by keeping the lowest and the highest point of equal spans of steps, so that no
 * spike is lost. The first and the last point are always among them.
 */
export async function readMetricSeries(
  db: Database,
  { runId, names, stage, maxPoints = 1000 }: ReadMetricSeriesInput,
): Promise<MetricSeries[]> {
  const buckets = Math.max(1, Math.floor((maxPoints - 2) / 2));
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    with points as (
      select stage, name, step, value,
        count(*) over series as total,
        min(step) over series as first, max(step) over series as last
      from metric_point
      where run_id = ${runId}
        ${names ? sql`and name in ${[...names]}` : sql``}
        ${stage ? sql`and stage = ${stage}` : sql``}
      window series as (partition by stage, name)
    ), ranked as (
      select *,
        row_number() over (bucket order by value, step) as lowest,
        row_number() over (bucket order by value desc, step) as highest
      from points
      window bucket as (
        partition by stage, name,
          case when total <= ${maxPoints} then step::bigint
            else (step - first)::bigint * ${buckets} / (last - first + 1) end
      )
    )
    select stage, name, max(total)::int as total,
      array_agg(step order by step) as steps, array_agg(value order by step) as values
    from ranked
    where lowest = 1 or highest = 1 or step = first or step = last
    group by stage, name
    order by stage, name`);
  return rows.map((row) => ({
    stage: row["stage"] as StageName,
    name: String(row["name"]),
    steps: row["steps"] as number[],
    values: row["values"] as number[],
    total: Number(row["total"]),
  }));
}
