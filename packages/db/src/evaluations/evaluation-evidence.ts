import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { evaluation, stageEvaluation, stageRun } from "../schema/index.ts";

export type EvaluationEvidence = Awaited<ReturnType<typeof listEvidence>>[number];

/**
 * Why each evaluation of a run is as it is, in the order of the stages. Null counts belong to
 * evaluations from before they were kept.
 */
export async function listEvidence(db: Database, runId: string) {
  return db.drizzle
    .select({
      id: evaluation.id,
      stage: evaluation.stage,
      split: evaluation.split,
      noise: evaluation.noise,
      change: evaluation.change,
      leakage: evaluation.leakage,
    })
    .from(stageEvaluation)
    .innerJoin(evaluation, eq(evaluation.id, stageEvaluation.evaluation))
    .innerJoin(
      stageRun,
      and(eq(stageRun.run, stageEvaluation.run), eq(stageRun.stage, stageEvaluation.stage)),
    )
    .where(eq(stageEvaluation.run, runId))
    .orderBy(asc(stageRun.position), asc(evaluation.split), asc(evaluation.id));
}
