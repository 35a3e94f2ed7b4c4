import { ERROR_CAUSES, type EvaluationResult, FINAL_RUN_STATUSES } from "@seedmask/core/contract";
import { asc, eq, inArray, notInArray, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { NotFoundError } from "../../errors.ts";
import { ANY_CAUSE, type KnownEvaluation } from "../../evaluations/record-evaluation.ts";
import {
  classIou,
  evaluation,
  image,
  imageError,
  metricPoint,
  run,
  stageArtifact,
  stageEvaluation,
  stageRun,
  user,
} from "../../schema/index.ts";
import type { RunRecord } from "./format.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Ids of the runs that have ended, oldest first, and names of those that have not. */
export async function listEndedRuns(
  db: Database,
): Promise<{ ended: string[]; unfinished: string[] }> {
  const final = [...FINAL_RUN_STATUSES];
  const [ended, rest] = await Promise.all([
    db.drizzle
      .select({ id: run.id })
      .from(run)
      .where(inArray(run.status, final))
      .orderBy(asc(run.number)),
    db.drizzle.select({ name: run.name }).from(run).where(notInArray(run.status, final)),
  ]);
  return { ended: ended.map(({ id }) => id), unfinished: rest.map(({ name }) => name) };
}

/** All that is remembered of a run but its log. */
export async function readRunRecord(db: Database, id: string): Promise<RunRecord> {
  const [found] = await db.drizzle
    .select({ row: run, owner: user.email })
    .from(run)
    .leftJoin(user, eq(user.id, run.owner))
    .where(eq(run.id, id));
  if (!found) throw new NotFoundError(`run ${id}: expected a run, found none. Export again.`);
  const { row } = found;
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    tags: row.tags,
    status: row.status,
    config: row.config,
    recipe: row.recipe,
    recipeVersion: row.recipeVersion,
    dataset: row.dataset,
    seed: row.seed,
    codeVersion: row.codeVersion,
    parent: row.parent,
    group: row.group,
    priority: row.priority,
    stage: row.stage,
    meanIou: row.meanIou,
    meanIouStage: row.meanIouStage,
    backend: row.backend,
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    duration: row.duration,
    owner: found.owner,
    stages: await readStages(db, id),
    curves: await readCurves(db, id),
  };
}

async function readStages(db: Database, id: string): Promise<RunRecord["stages"]> {
  const [stages, outputs, evaluations] = await Promise.all([
    db.drizzle.select().from(stageRun).where(eq(stageRun.run, id)).orderBy(asc(stageRun.position)),
    db.drizzle.select().from(stageArtifact).where(eq(stageArtifact.run, id)),
    db.drizzle
      .select({ stage: stageEvaluation.stage, key: evaluation.contentKey })
      .from(stageEvaluation)
      .innerJoin(evaluation, eq(evaluation.id, stageEvaluation.evaluation))
      .where(eq(stageEvaluation.run, id))
      .orderBy(asc(evaluation.id)),
  ]);
  return stages.map((row) => ({
    stage: row.stage,
    position: row.position,
    status: row.status,
    attempt: row.attempt,
    cached: row.cached,
    cacheKey: row.cacheKey,
    seconds: row.seconds,
    peakMemoryBytes: row.peakMemoryBytes,
    metrics: row.metrics,
    error: row.error,
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    outputs: outputs
      .filter(({ stage }) => stage === row.stage)
      .map(({ kind, artifact }) => ({ kind, hash: artifact })),
    evaluations: evaluations.filter(({ stage }) => stage === row.stage).map(({ key }) => key),
  }));
}

async function readCurves(db: Database, id: string): Promise<RunRecord["curves"]> {
  const points = await db.drizzle
    .select()
    .from(metricPoint)
    .where(eq(metricPoint.run, id))
    .orderBy(asc(metricPoint.stage), asc(metricPoint.name), asc(metricPoint.step));
  const curves = new Map<string, RunRecord["curves"][number]>();
  for (const { stage, name, step, value } of points) {
    const key = `${stage} ${name}`;
    const curve = curves.get(key) ?? { stage, name, steps: [], values: [] };
    curves.set(key, curve);
    curve.steps.push(step);
    curve.values.push(value);
  }
  return [...curves.values()];
}

/** An evaluation as the stage gave it, counts of every image included. */
export async function readEvaluation(db: Database, contentKey: string): Promise<KnownEvaluation> {
  const [row] = await db.drizzle
    .select()
    .from(evaluation)
    .where(eq(evaluation.contentKey, contentKey));
  if (!row) throw new NotFoundError(`evaluation ${contentKey}: gone. Export again.`);
  const classes = await db.drizzle
    .select({
      label: classIou.label,
      iou: classIou.iou,
      precision: classIou.precision,
      recall: classIou.recall,
    })
    .from(classIou)
    .where(eq(classIou.evaluation, row.id))
    .orderBy(asc(classIou.label));
  const { policy, artifact, images, meanIou, pixelAccuracy, coverage, confusion } = row;
  return {
    policy,
    artifact,
    images,
    meanIou,
    pixelAccuracy,
    coverage,
    classes,
    confusion,
    thresholdHistogram: row.thresholdHistogram,
    noise: row.noise,
    change: row.change,
    leakage: row.leakage,
    perImage: await readImages(db, row.id),
    imageErrors: await readErrors(db, row.id),
  };
}

/** Wrong pixels of every image by cause; how many were scored follows from the share of all causes. */
async function readErrors(db: Database, id: number): Promise<EvaluationResult["imageErrors"]> {
  const rows = await db.drizzle
    .select({
      imageKey: image.key,
      cause: imageError.cause,
      pixels: imageError.pixels,
      share: imageError.share,
    })
    .from(imageError)
    .innerJoin(image, eq(image.id, imageError.image))
    .where(eq(imageError.evaluation, id))
    .orderBy(asc(image.idx), asc(imageError.cause));
  const errors = new Map<string, { scored: number; causes: number[] }>();
  for (const { imageKey, cause, pixels, share } of rows) {
    const entry = errors.get(imageKey) ?? { scored: 0, causes: ERROR_CAUSES.map(() => 0) };
    errors.set(imageKey, entry);
    if (cause !== ANY_CAUSE) entry.causes[cause] = pixels;
    else if (share > 0) entry.scored = Math.round(pixels / share);
  }
  return [...errors].map(([imageKey, entry]) => ({ imageKey, ...entry }));
}

/** The database folds the rows of an image: 10,582 images come as so many rows, not five times that. */
async function readImages(db: Database, id: number): Promise<EvaluationResult["perImage"]> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    select image.key,
      coalesce(array_agg(counts.label order by counts.label)
        filter (where counts.label is not null), '{}') as labels,
      coalesce(array_agg(counts.true_positives order by counts.label)
        filter (where counts.label is not null), '{}') as hit,
      coalesce(array_agg(counts.false_positives order by counts.label)
        filter (where counts.label is not null), '{}') as extra,
      coalesce(array_agg(counts.false_negatives order by counts.label)
        filter (where counts.label is not null), '{}') as missed
    from image_iou
    join image on image.id = image_iou.image_id
    left join image_class_iou as counts
      on counts.evaluation_id = image_iou.evaluation_id and counts.image_id = image_iou.image_id
    where image_iou.evaluation_id = ${id}
    group by image.id order by image.idx`);
  return rows.map((row) => ({
    imageKey: String(row["key"]),
    labels: row["labels"] as number[],
    truePositives: row["hit"] as number[],
    falsePositives: row["extra"] as number[],
    falseNegatives: row["missed"] as number[],
  }));
}
