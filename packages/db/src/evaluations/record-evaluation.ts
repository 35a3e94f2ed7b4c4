import type { EvaluationResult } from "@seedmask/core/contract";
import { policyKey } from "@seedmask/core/contract";
import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { classIou, evaluation, image, imageClassIou, imageIou } from "../schema/index.ts";

/**
 * Records an evaluation once, with its per-class and per-image rows; the same one again yields the
 * same number.
 * @throws {NotFoundError} when it speaks of an image that the dataset does not have
 */
export async function recordEvaluation(tx: Transaction, result: EvaluationResult): Promise<number> {
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
  await recordImages(tx, created.id, result);
  return created.id;
}

function keyOf({ policy, artifact, images, meanIou, confusion }: EvaluationResult): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value) || value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, sorted(inner)]),
    );
  };
  const content = sorted({ policy, artifact, images, meanIou, confusion });
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

interface ImageColumns {
  readonly image: number[];
  readonly iou: number[];
}

/** Columns, not rows, go to the server: 10,582 images are one statement of a few arrays. */
async function recordImages(
  tx: Transaction,
  evaluationId: number,
  { policy, perImage }: EvaluationResult,
): Promise<void> {
  const ids = await imageIds(tx, policy.dataset);
  const whole: ImageColumns = { image: [], iou: [] };
  const byLabel = { image: [] as number[], label: [] as number[], iou: [] as number[] };
  const counts = { hit: [] as number[], extra: [] as number[], missed: [] as number[] };
  for (const entry of perImage) {
    const id = ids.get(entry.imageKey);
    if (id === undefined) {
      throw new NotFoundError(
        `evaluation: image ${entry.imageKey} is not in dataset ${policy.dataset.slice(0, 12)}. ` +
          "Evaluate against the version the masks were made from.",
      );
    }
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

async function imageIds(tx: Transaction, dataset: string): Promise<Map<string, number>> {
  const rows = await tx
    .select({ id: image.id, key: image.key })
    .from(image)
    .where(eq(image.dataset, dataset));
  return new Map(rows.map(({ id, key }) => [key, id]));
}
