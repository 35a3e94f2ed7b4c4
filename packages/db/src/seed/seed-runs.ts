import { plannedStages, RECIPES } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";

export interface SeedRunsOptions {
  readonly dataset: string;
  readonly datasetName: string;
  readonly runs: number;
  /** Runs whose result the seeded runs repeat, in turn; all of one dataset and split. */
  readonly templates: readonly string[];
}

/** What a run is made from, with the stages it then has. */
const plans = RECIPES.filter(({ config }) => config.supervision === "image-labels").map(
  ({ name, version, config }) => ({ name, version, config, stages: plannedStages(config) }),
);

/**
 * Runs that have ended, of every recipe, with stages, and for those that succeeded an evaluation and
 * its classes: what a team has after years. Set by set, so ten thousand take seconds.
 */
export async function seedRuns(db: Database, options: SeedRunsOptions): Promise<void> {
  await db.drizzle.transaction(async (tx) => {
    await insertRuns(tx, options);
    await insertStages(tx);
    await insertResults(tx, options.templates);
  });
  await db.pool.query("analyze");
}

/** Of 50 runs 2 failed, 1 was cancelled and 1 was lost. Three that follow differ by their seed only. */
async function insertRuns(tx: Transaction, options: SeedRunsOptions): Promise<void> {
  const { dataset, datasetName, runs, templates } = options;
  await tx.execute(sql`
    create temporary table seeded on commit drop as
    select n, nextval(pg_get_serial_sequence('run', 'number')) as number,
      lpad(to_hex(n::bigint * 2654435761 % 4294967296), 8, '0') as id,
      lpad(to_hex((n / 3)::bigint * 2654435761 % 4294967296), 8, '0') as group_id,
      plan, ${sql.param([...templates])}::text[] as templates,
      case n % 50 when 0 then 'failed' when 1 then 'failed' when 2 then 'cancelled'
        when 3 then 'lost' else 'succeeded' end as status,
      now() - n * interval '7 minutes' as created_at, 60 + n * 7919 % 5400 as duration
    from generate_series(1, ${runs}::int) n
    cross join lateral (
      select ${JSON.stringify(plans)}::jsonb -> ((n / 3) % ${plans.length}::int) as plan
    ) chosen`);
  await tx.execute(sql`
    insert into run (id, number, name, tags, status, config, recipe, recipe_version, dataset,
      supervision, seed, code_version, group_id, stage, error, created_at, started_at, finished_at,
      duration)
    select id, number, (plan ->> 'name') || '-' || ${datasetName} || '-' || lpad(number::text, 4, '0'),
      array['seeded', 'batch-' || n % 7], status,
      jsonb_set(plan -> 'config', '{seed}', to_jsonb(n % 3)), plan ->> 'name',
      (plan ->> 'version')::int, ${dataset}, plan -> 'config' ->> 'supervision', n % 3, 'seed',
      group_id, plan -> 'stages' ->> -1,
      case status when 'failed' then jsonb_build_object('stage', plan -> 'stages' ->> -1,
        'code', 'out-of-memory', 'stack', null,
        'message', 'expected 2.1 GB of free memory, got 1.4 GB. Lower the batch size.') end,
      created_at, created_at + interval '20 seconds',
      created_at + (20 + duration) * interval '1 second', duration
    from seeded`);
}

async function insertStages(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    insert into stage_run (run_id, stage, position, status, attempt, seconds, started_at, finished_at)
    select id, s.stage, s.position - 1,
      case when status = 'succeeded' or s.position < jsonb_array_length(plan -> 'stages')
        then 'succeeded' when status = 'failed' then 'failed' else 'cancelled' end,
      1, duration / jsonb_array_length(plan -> 'stages'), created_at + interval '20 seconds',
      created_at + (20 + duration) * interval '1 second'
    from seeded, jsonb_array_elements_text(plan -> 'stages') with ordinality as s(stage, position)`);
}

/** Each run that succeeded gets its own copy of what its template was scored with. */
async function insertResults(tx: Transaction, templates: readonly string[]): Promise<void> {
  await tx.execute(sql`
    create temporary table scored on commit drop as
    select s.id, e.id as evaluation
    from seeded s
    join stage_evaluation t
      on t.run_id = s.templates[1 + s.n % ${templates.length}::int] and t.stage = 'predict'
    join evaluation e on e.id = t.evaluation_id
    where s.status = 'succeeded'`);
  await tx.execute(sql`
    insert into evaluation (content_key, artifact, dataset, split, stage, policy, policy_key, images,
      mean_iou, pixel_accuracy, coverage, confusion)
    select 'seeded ' || c.id, artifact, dataset, split, stage, policy, policy_key, images, mean_iou,
      pixel_accuracy, coverage, confusion
    from scored c join evaluation e on e.id = c.evaluation`);
  await tx.execute(sql`
    insert into stage_evaluation (run_id, stage, evaluation_id)
    select c.id, 'predict', e.id from scored c join evaluation e on e.content_key = 'seeded ' || c.id`);
  await tx.execute(sql`
    insert into stage_artifact (run_id, stage, kind, artifact)
    select c.id, 'predict', 'prediction', e.artifact
    from scored c join evaluation e on e.id = c.evaluation`);
  await tx.execute(sql`
    insert into class_iou (evaluation_id, label, iou, precision, recall)
    select e.id, k.label, k.iou, k.precision, k.recall
    from scored c join evaluation e on e.content_key = 'seeded ' || c.id
      join class_iou k on k.evaluation_id = c.evaluation`);
  await tx.execute(sql`
    update run set mean_iou = e.mean_iou, mean_iou_stage = 'predict',
      config = jsonb_set(config, '{evaluationSplit}', to_jsonb(e.split))
    from scored c join evaluation e on e.id = c.evaluation where run.id = c.id`);
}
