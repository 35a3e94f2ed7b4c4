import type { EvaluationPolicy } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

export interface PolicyRow {
  readonly policyKey: string;
  /** One of those that share the key. */
  readonly policy: EvaluationPolicy;
  readonly runs: number;
}

/** The policies under which numbers exist: one leaderboard each. */
export async function listPolicies(
  db: Database,
  { dataset }: { dataset?: string } = {},
): Promise<PolicyRow[]> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    select e.policy_key, (array_agg(e.policy order by e.id desc))[1] as policy,
      count(distinct s.run_id)::int as runs
    from evaluation e join stage_evaluation s on s.evaluation_id = e.id
    where e.mean_iou is not null ${dataset === undefined ? sql`` : sql`and e.dataset = ${dataset}`}
    group by e.policy_key order by runs desc, e.policy_key`);
  return rows.map((row) => ({
    policyKey: String(row["policy_key"]),
    policy: row["policy"] as EvaluationPolicy,
    runs: Number(row["runs"]),
  }));
}

export interface LeaderboardMember {
  readonly runId: string;
  readonly name: string;
  readonly seed: number;
  readonly meanIou: number;
  readonly evaluationId: number;
  readonly threshold: number | null;
}

export interface LeaderboardRow {
  /** Runs that differ in their seed only. */
  readonly group: string;
  readonly title: string;
  readonly recipe: string | null;
  readonly supervision: "image-labels" | "masks";
  readonly n: number;
  /** Over the members' mean IoUs. `std` divides by n − 1; null for a single run. */
  readonly mean: number;
  readonly std: number | null;
  readonly members: LeaderboardMember[];
  readonly classes: {
    readonly label: number;
    readonly mean: number;
    readonly std: number | null;
  }[];
}

/** Ranks groups of repeats under one policy, best mean first. */
export async function leaderboard(
  db: Database,
  { policyKey, limit = 200 }: { policyKey: string; limit?: number },
): Promise<LeaderboardRow[]> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    with entry as (
      select distinct on (run.id) run.id, run.name, run.title, run.seed, run.recipe, run.group_id,
        run.supervision, e.id as evaluation, e.mean_iou, e.policy -> 'threshold' ->> 'value' as threshold
      from evaluation e
        join stage_evaluation s on s.evaluation_id = e.id
        join run on run.id = s.run_id
      where e.policy_key = ${policyKey} and e.mean_iou is not null
      order by run.id, e.id desc
    ), ranked as (
      select group_id, supervision, count(*)::int as n,
        avg(mean_iou) as mean, stddev_samp(mean_iou) as std
      from entry group by group_id, supervision order by mean desc limit ${limit}
    ), listed as (
      select ranked.*, array_agg(evaluation) as evaluations,
        (array_agg(coalesce(title, name) order by seed))[1] as title, min(recipe) as recipe,
        jsonb_agg(jsonb_build_object('runId', id, 'name', name, 'seed', seed, 'meanIou', mean_iou,
          'evaluationId', evaluation, 'threshold', threshold::float8) order by seed) as members
      from ranked join entry using (group_id, supervision)
      group by group_id, supervision, n, mean, std
    )
    select listed.*, (
      select jsonb_agg(jsonb_build_object('label', label, 'mean', mean, 'std', std) order by label)
      from (
        select c.label, avg(c.iou) as mean, stddev_samp(c.iou) as std
        from unnest(listed.evaluations) as member(evaluation)
          join class_iou c on c.evaluation_id = member.evaluation
        where c.iou is not null
        group by c.label
      ) as by_label
    ) as classes
    from listed order by mean desc`);
  return rows.map((row) => ({
    group: String(row["group_id"]),
    title: String(row["title"]),
    recipe: row["recipe"] as string | null,
    supervision: row["supervision"] as LeaderboardRow["supervision"],
    n: Number(row["n"]),
    mean: Number(row["mean"]),
    std: row["std"] === null ? null : Number(row["std"]),
    members: row["members"] as LeaderboardMember[],
    classes: (row["classes"] ?? []) as LeaderboardRow["classes"],
  }));
}
