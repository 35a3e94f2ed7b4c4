import type { EvaluationResult } from "@seedmask/core/contract";
import { policyKey } from "@seedmask/core/contract";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { contentKeyOf } from "../content-key.ts";
import { type ImageIds, imageIds } from "../datasets/image-ids.ts";
import { classIou, evaluation, imageClassIou, imageError, imageIou } from "../schema/index.ts";

/** An evaluation as it is remembered: one older than the counts of noise has none. */
export type KnownEvaluation = Omit<EvaluationResult, "noise"> & {
  readonly noise: EvaluationResult["noise"] | null;
};

/**
 * Records an evaluation once, with its per-class and per-image rows; the same one again yields the
 * same number.
 * @throws {NotFoundError} when it speaks of an image that the dataset does not have
 */
export async function recordEvaluation(tx: Transaction, result: KnownEvaluation): Promise<number> {
  const contentKey = keyOf(result);
  const { policy } = result;
  const [created] = await tx
    .insert(evaluation)
    .values({
      contentKey,
      artifact: result.artifact,
      dataset: policy.dataset,
      split: policy.split,
      stage: policy.stage,
      policy,
      policyKey: policyKey(policy),
      images: result.images,
      meanIou: result.meanIou,
      pixelAccuracy: result.pixelAccuracy,
      coverage: result.coverage,
      confusion: result.confusion,
      thresholdHistogram: result.thresholdHistogram,
      noise: result.noise,
      change: result.change,
      leakage: result.leakage,
    })
    .onConflictDoNothing({ target: evaluation.contentKey })
    .returning({ id: evaluation.id });
  if (!created) {
    const same = eq(evaluation.contentKey, contentKey);
    const [existing] = await tx.select({ id: evaluation.id }).from(evaluation).where(same);
    return existing!.id;
  }
  if (result.classes.length > 0) {
    await tx
      .insert(classIou)
      .values(result.classes.map((entry) => ({ evaluation: created.id, ...entry })));
  }
  const ids = await imageIds(tx, policy.dataset);
  await recordImages(tx, created.id, ids, result);
  await recordErrors(tx, created.id, ids, result);
  return created.id;
}

const keyOf = ({ policy, artifact, images, meanIou, confusion, noise }: KnownEvaluation): string =>
  contentKeyOf({ policy, artifact, images, meanIou, confusion, noise });

interface ImageColumns {
  readonly image: number[];
  readonly iou: number[];
}

/** Columns, not rows, go to the server: 10,582 images are one statement of a few arrays. */
async function recordImages(
  tx: Transaction,
  evaluationId: number,
  idOf: ImageIds,
  { perImage }: KnownEvaluation,
): Promise<void> {
  const whole: ImageColumns = { image: [], iou: [] };
  const byLabel = { image: [] as number[], label: [] as number[], iou: [] as number[] };
  const counts = { hit: [] as number[], extra: [] as number[], missed: [] as number[] };
  for (const entry of perImage) {
    const id = idOf(entry.imageKey);
    let sum = 0;
    for (const [at, label] of entry.labels.entries()) {
      const hit = entry.truePositives[at]!;
      const extra = entry.falsePositives[at]!;
      const missed = entry.falseNegatives[at]!;
      const union = hit + extra + missed;
      const iou = union === 0 ? 0 : hit / union;
      sum += iou;
      byLabel.image.push(id);
      byLabel.label.push(label);
      byLabel.iou.push(iou);
      counts.hit.push(hit);
      counts.extra.push(extra);
      counts.missed.push(missed);
    }
    whole.image.push(id);
    whole.iou.push(entry.labels.length === 0 ? 0 : sum / entry.labels.length);
  }
  const array = (values: number[]) => sql.param(values);
  await tx.execute(sql`
    insert into ${imageIou} (evaluation_id, image_id, iou)
    select ${evaluationId}, * from unnest(${array(whole.image)}::int[], ${array(whole.iou)}::real[])`);
  await tx.execute(sql`
    insert into ${imageClassIou} (evaluation_id, image_id, label, iou,
      true_positives, false_positives, false_negatives)
    select ${evaluationId}, * from unnest(
      ${array(byLabel.image)}::int[], ${array(byLabel.label)}::smallint[],
      ${array(byLabel.iou)}::real[], ${array(counts.hit)}::int[],
      ${array(counts.extra)}::int[], ${array(counts.missed)}::int[])`);
}

/** Position of "all causes together" in the column of causes. */
export const ANY_CAUSE = -1;

async function recordErrors(
  tx: Transaction,
  evaluationId: number,
  idOf: ImageIds,
  { imageErrors }: KnownEvaluation,
): Promise<void> {
  const rows = { image: [] as number[], cause: [] as number[], pixels: [] as number[] };
  const shares: number[] = [];
  for (const { imageKey, scored, causes } of imageErrors) {
    const id = idOf(imageKey);
    const all = causes.reduce((sum, pixels) => sum + pixels, 0);
    for (const [cause, pixels] of [[ANY_CAUSE, all] as const, ...causes.entries()]) {
      if (pixels === 0 && cause !== ANY_CAUSE) continue;
      rows.image.push(id);
      rows.cause.push(cause);
      rows.pixels.push(pixels);
      shares.push(scored === 0 ? 0 : pixels / scored);
    }
  }
  const array = (values: number[]) => sql.param(values);
  await tx.execute(sql`
    insert into ${imageError} (evaluation_id, image_id, cause, pixels, share)
    select ${evaluationId}, * from unnest(
      ${array(rows.image)}::int[], ${array(rows.cause)}::smallint[],
      ${array(rows.pixels)}::int[], ${array(shares)}::real[])`);
}
