import {
  type ArtifactKind,
  type RunStatus,
  type StageName,
  type StageResult,
} from "@seedmask/core/contract";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";
import { recordDiagnostic } from "../diagnostics/record-diagnostic.ts";
import { appendEvents } from "../events/append-events.ts";
import { recordEvaluation } from "../evaluations/record-evaluation.ts";
import { finishRun } from "../runs/advance-run.ts";
import { enqueueNextStage } from "../runs/enqueue-stage.ts";
import { lockRun, type RunRow } from "../runs/lock-run.ts";
import {
  artifact,
  run,
  runEvent,
  stageArtifact,
  stageDiagnostic,
  stageEvaluation,
  stageRun,
} from "../schema/index.ts";
import { requireAttempt } from "./require-attempt.ts";

export interface CompleteStageInput {
  readonly runId: string;
  readonly attempt: number;
  readonly result: StageResult;
}

export interface CompletedStage {
  /** The stage that was put into the queue; null where the run has ended. */
  readonly next: StageName | null;
  readonly status: RunStatus;
}

/**
 * Records all that a stage yielded and hands over to the next, in one transaction: either the run has
 * moved on, or nothing has happened and the stage may be run again.
 *
 * @throws {ConflictError} when another attempt has taken the stage over
 */
export async function completeStage(
  db: Database,
  { runId, attempt, result }: CompleteStageInput,
): Promise<CompletedStage> {
  const { stage } = result;
  return db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    await requireAttempt(tx, { runId, stage, attempt });
    await recordOutputs(tx, row, result);
    await recordEvaluations(tx, row, result);
    await recordDiagnostics(tx, row, result);
    const stageStatus = result.cached ? "cached" : "succeeded";
    await tx
      .update(stageRun)
      .set({
        status: stageStatus,
        cached: result.cached,
        cacheKey: result.cacheKey,
        seconds: result.seconds,
        peakMemoryBytes: result.peakMemoryBytes,
        metrics: result.metrics,
        progress: null,
        finishedAt: sql`now()`,
      })
      .where(and(eq(stageRun.run, runId), eq(stageRun.stage, stage)));
    await tx.update(run).set({ backend: result.backend }).where(eq(run.id, runId));
    await dropPassingEvents(tx, runId, stage);

    const cancelled = row.status === "cancelling";
    const next = cancelled ? null : await enqueueNextStage(db, tx, row);
    const status: RunStatus = cancelled ? "cancelled" : next === null ? "succeeded" : "running";
    if (next === null) await finishRun(db, tx, runId, status);
    await appendEvents(tx, runId, [{ stage, type: "status", data: { status, stageStatus } }]);
    return { next, status };
  });
}

async function recordOutputs(tx: Transaction, row: RunRow, result: StageResult): Promise<void> {
  const outputs = Object.entries(result.outputs) as [ArtifactKind, string][];
  for (const [kind, hash] of outputs) {
    await tx.insert(artifact).values({ hash, kind, dataset: row.dataset }).onConflictDoNothing();
    await tx
      .insert(stageArtifact)
      .values({ run: row.id, stage: result.stage, kind, artifact: hash })
      .onConflictDoUpdate({
        target: [stageArtifact.run, stageArtifact.stage, stageArtifact.kind],
        set: { artifact: hash },
      });
  }
}

async function recordEvaluations(tx: Transaction, row: RunRow, result: StageResult): Promise<void> {
  for (const evaluated of result.evaluations) {
    const evaluation = await recordEvaluation(tx, evaluated);
    await tx
      .insert(stageEvaluation)
      .values({ run: row.id, stage: result.stage, evaluation })
      .onConflictDoNothing();
  }
  const headline = result.evaluations.findLast(
    ({ policy }) => policy.split === row.config.evaluationSplit,
  );
  if (!headline) return;
  await tx
    .update(run)
    .set({ meanIou: headline.meanIou, meanIouStage: headline.policy.stage })
    .where(eq(run.id, row.id));
}

async function recordDiagnostics(tx: Transaction, row: RunRow, result: StageResult): Promise<void> {
  const { dataset } = row;
  for (const found of result.diagnostics) {
    const id = await recordDiagnostic(tx, { dataset, result: found });
    await tx
      .insert(stageDiagnostic)
      .values({ run: row.id, stage: result.stage, diagnostic: id })
      .onConflictDoNothing();
  }
}

/** Progress and metric events serve those who watch; the curves themselves lie in metric_point. */
export async function dropPassingEvents(
  tx: Transaction,
  runId: string,
  stage: StageName,
): Promise<void> {
  await tx
    .delete(runEvent)
    .where(
      and(
        eq(runEvent.run, runId),
        eq(runEvent.stage, stage),
        inArray(runEvent.type, ["progress", "metric"]),
      ),
    );
}
