import type { DatasetManifest } from "@seedmask/core/contract";
import { demoConfig, makeManifest, makeReport, sha256 } from "../test/factories.ts";
import { SYSTEM_ACTOR } from "../src/actor.ts";
import type { Database } from "../src/client.ts";
import { recordDatasetVersion } from "../src/datasets/record-dataset-version.ts";

const STAGES = ["train-classifier", "make-seeds", "refine-seeds", "make-pseudo-masks", "predict"];

export async function seedImages(db: Database, images: number): Promise<DatasetManifest> {
  const manifest = makeManifest({ images });
  await recordDatasetVersion(db, { actor: SYSTEM_ACTOR, manifest, report: makeReport(manifest) });
  return manifest;
}

/** Finished runs with stages, events, one evaluation each and its 21 classes; set-based, so fast. */
export async function seedRuns(db: Database, dataset: string, runs: number): Promise<void> {
  const query = (text: string, values: unknown[] = []) => db.pool.query(text, values);
  await query(
    `insert into run (id, name, tags, status, config, recipe, recipe_version, dataset, supervision,
       seed, code_version, group_id, stage, mean_iou, mean_iou_stage, created_at, started_at,
       finished_at, duration)
     select lpad(n::text, 8, 'r'), 'cam-tiny-shapes-' || n, array['t' || n % 7], case n % 10
         when 0 then 'failed' else 'succeeded' end, $2::jsonb, 'recipe-' || n % 5, 1, $3,
       'image-labels', n % 3, 'bench', 'g' || n / 3, 'predict',
       0.3 + 0.4 * random(), 'predict', now() - n * interval '1 minute', now(), now(), 60 + n % 600
     from generate_series(1, $1::int) n`,
    [runs, JSON.stringify(demoConfig()), dataset],
  );
  await query(
    `insert into stage_run (run_id, stage, position, status, attempt, seconds)
     select run.id, s.stage, s.position, 'succeeded', 1, 12 from run,
       unnest($1::text[]) with ordinality as s(stage, position)`,
    [STAGES],
  );
  await query(
    `insert into artifact (hash, kind, dataset) select md5(id) || md5(id), 'prediction', $1 from run`,
    [dataset],
  );
  await query(
    `insert into evaluation (content_key, artifact, dataset, split, stage, policy, policy_key,
       images, mean_iou, pixel_accuracy, coverage, confusion)
     select 'run ' || id, md5(id) || md5(id), $1, 'val', 'predict', '{"threshold":{"value":0.2}}',
       'bench policy', 100, mean_iou, 0.9, 1, '{}' from run`,
    [dataset],
  );
  await query(
    `insert into stage_evaluation (run_id, stage, evaluation_id)
     select run.id, 'predict', e.id from run join evaluation e on e.content_key = 'run ' || run.id`,
  );
  await query(
    `insert into class_iou (evaluation_id, label, iou, precision, recall)
     select id, label, random(), random(), random()
     from evaluation, generate_series(0, 20) label where policy_key = 'bench policy'`,
  );
  await query("analyze");
}

/** `stages` evaluations of every image, each image with three labels. Returns their ids. */
export async function seedTiles(db: Database, dataset: string, stages: number): Promise<number[]> {
  const ids: number[] = [];
  for (let stage = 0; stage < stages; stage += 1) {
    const hash = sha256(`tiles ${dataset} ${stage}`);
    await db.pool.query("insert into artifact (hash, kind, dataset) values ($1, 'seed', $2)", [
      hash,
      dataset,
    ]);
    const { rows } = await db.pool.query<{ id: number }>(
      `insert into evaluation (content_key, artifact, dataset, split, stage, policy, policy_key,
         images, mean_iou, pixel_accuracy, coverage, confusion)
       values ($1, $1, $2, 'train', $3, '{}', 'tiles', 1, 0.5, 0.9, 1, '{}') returning id`,
      [hash, dataset, STAGES[stage]],
    );
    const id = rows[0]!.id;
    ids.push(id);
    await db.pool.query(
      `insert into image_iou (evaluation_id, image_id, iou)
       select $1, id, random() from image where dataset = $2`,
      [id, dataset],
    );
    await db.pool.query(
      `insert into image_class_iou
       select $1, image.id, label, random(), 10, 10, 10
       from image, lateral (values (0), (1 + image.idx % 10), (11 + image.idx % 10)) as l(label)
       where dataset = $2`,
      [id, dataset],
    );
  }
  await db.pool.query("analyze");
  return ids;
}
