import { type DatasetManifest, policyKey } from "@seedmask/core/contract";
import {
  demoConfig,
  makeEvaluation,
  makeManifest,
  makeReport,
  makeResult,
  sha256,
} from "../test/factories.ts";
import { recordFinishedRun, seedRuns } from "../src/seed/index.ts";
import { SYSTEM_ACTOR } from "../src/actor.ts";
import type { Database } from "../src/client.ts";
import { recordDatasetVersion } from "../src/datasets/record-dataset-version.ts";

const STAGES = ["train-classifier", "make-seeds", "refine-seeds", "make-pseudo-masks", "predict"];

export async function seedImages(db: Database, images: number): Promise<DatasetManifest> {
  const manifest = makeManifest({ images });
  await recordDatasetVersion(db, { actor: SYSTEM_ACTOR, manifest, report: makeReport(manifest) });
  return manifest;
}

/** Finished runs, each with one evaluation. Returns the key of the policy they were scored under. */
export async function seedBenchRuns(
  db: Database,
  manifest: DatasetManifest,
  runs: number,
): Promise<string> {
  const { hash, name } = manifest;
  const artifact = sha256("bench masks");
  const evaluation = makeEvaluation(manifest, { artifact, meanIou: 0.6 });
  const template = await recordFinishedRun(
    db,
    { actor: SYSTEM_ACTOR, config: demoConfig(), dataset: hash, codeVersion: "bench" },
    (stage) =>
      stage === "predict"
        ? makeResult(stage, { outputs: { prediction: artifact }, evaluations: [evaluation] })
        : makeResult(stage),
  );
  await seedRuns(db, { dataset: hash, datasetName: name, runs, templates: [template.id] });
  return policyKey(evaluation.policy);
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
