import type { ClassIou } from "@seedmask/core/contract";
import { and, asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import {
  classIou,
  datasetVersion,
  evaluation,
  stageEvaluation,
  stageRun,
} from "../schema/index.ts";

const columns = {
  id: evaluation.id,
  artifact: evaluation.artifact,
  dataset: evaluation.dataset,
  split: evaluation.split,
  stage: evaluation.stage,
  policy: evaluation.policy,
  policyKey: evaluation.policyKey,
  images: evaluation.images,
  meanIou: evaluation.meanIou,
  pixelAccuracy: evaluation.pixelAccuracy,
  coverage: evaluation.coverage,
};

export type EvaluationSummary = Awaited<ReturnType<typeof listEvaluations>>[number];
export type EvaluationDetail = Awaited<ReturnType<typeof getEvaluation>>;

/** Evaluations of a run in the order of its stages, each with its classes. */
export async function listEvaluations(db: Database, runId: string) {
  const rows = await db.drizzle
    .select(columns)
    .from(stageEvaluation)
    .innerJoin(evaluation, eq(evaluation.id, stageEvaluation.evaluation))
    .innerJoin(
      stageRun,
      and(eq(stageRun.run, stageEvaluation.run), eq(stageRun.stage, stageEvaluation.stage)),
    )
    .where(eq(stageEvaluation.run, runId))
    .orderBy(asc(stageRun.position), asc(evaluation.split), asc(evaluation.id));
  const classes = await classBreakdown(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, classes: classes.get(row.id) ?? [] }));
}

/** IoU, precision and recall by label of each evaluation. */
export async function classBreakdown(
  db: Database,
  evaluationIds: readonly number[],
): Promise<Map<number, ClassIou[]>> {
  const rows = await db.drizzle
    .select()
    .from(classIou)
    .where(inArray(classIou.evaluation, [...evaluationIds]))
    .orderBy(asc(classIou.label));
  const found = new Map<number, ClassIou[]>(evaluationIds.map((id) => [id, []]));
  for (const { evaluation: id, ...row } of rows) found.get(id)?.push(row);
  return found;
}

export type GetEvaluationInput =
  | { readonly id: number }
  | { readonly runId: string; readonly stage: EvaluationSummary["stage"]; readonly split?: string };

/**
 * One evaluation with its confusion matrix and threshold histogram.
 * @throws {NotFoundError} where there is none such
 */
export async function getEvaluation(db: Database, input: GetEvaluationInput) {
  const where: SQL | undefined =
    "id" in input
      ? eq(evaluation.id, input.id)
      : and(
          eq(stageEvaluation.run, input.runId),
          eq(evaluation.stage, input.stage),
          input.split === undefined ? undefined : eq(evaluation.split, input.split),
        );
  const [row] = await db.drizzle
    .select({
      ...columns,
      confusion: evaluation.confusion,
      thresholdHistogram: evaluation.thresholdHistogram,
      classNames: datasetVersion.classes,
    })
    .from(evaluation)
    .innerJoin(datasetVersion, eq(datasetVersion.hash, evaluation.dataset))
    .leftJoin(stageEvaluation, eq(stageEvaluation.evaluation, evaluation.id))
    .where(where)
    .orderBy(desc(evaluation.id))
    .limit(1);
  if (!row) {
    const what = "id" in input ? `evaluation ${input.id}` : `${input.stage} of run ${input.runId}`;
    throw new NotFoundError(`${what}: expected an evaluation, found none. Is the stage done?`);
  }
  const classes = (await classBreakdown(db, [row.id])).get(row.id) ?? [];
  return { ...row, classes };
}
