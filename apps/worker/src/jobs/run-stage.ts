import type { StageFailure } from "@seedmask/core/contract";
import {
  cancelStage,
  completeStage,
  ConflictError,
  type Database,
  failStage,
  getRun,
  recordProgress,
  releaseStage,
  type StageAttempt,
  type StageJob,
  startStage,
} from "@seedmask/db";
import type { Logger } from "pino";
import type { ComputeChild } from "../compute-child.ts";
import { persist } from "../persist.ts";
import { createProgressReporter } from "../report-progress.ts";
import { doneLine, startLine } from "./stage-lines.ts";

export interface StageJobContext {
  readonly db: Database;
  readonly child: ComputeChild;
  readonly workerId: string;
  readonly log: Logger;
  /** Aborts when this worker shuts down. */
  readonly shutdown: AbortSignal;
}

/** A stage that stopped early: its run was cancelled, or this worker gives it back. */
async function settleStopped(
  { db, shutdown }: StageJobContext,
  attempt: StageAttempt,
): Promise<void> {
  const { status } = await getRun(db, attempt.runId);
  if (status === "cancelling") return cancelStage(db, attempt);
  if (shutdown.aborted) return releaseStage(db, attempt);
  throw new ConflictError(`stage ${attempt.stage}: the queue took the job back.`);
}

async function settleFailed(
  context: StageJobContext,
  { attempt, failure, lastTry }: { attempt: StageAttempt; failure: StageFailure; lastTry: boolean },
): Promise<void> {
  const final = lastTry || !failure.retryable;
  await failStage(context.db, { ...attempt, failure, final });
  // Throwing is how the queue is told to give the job out again.
  if (!final) throw new Error(failure.message);
}

/** Takes one stage through: start, compute, record, hand over to the next. */
export async function runStageJob(context: StageJobContext, job: StageJob): Promise<void> {
  const { db, child, workerId, log } = context;
  const { runId, stage, jobId } = job;
  const onRetry = (error: unknown): void =>
    log.warn({ runId, stage, error }, "database not reached, trying again");
  const started = await startStage(db, { runId, stage, jobId, workerId });
  if (started.kind !== "run") return;
  const { request } = started;
  const attempt = { runId, stage, attempt: request.attempt };
  log.info(attempt, "stage started");
  const reporter = createProgressReporter({
    write: (events) => recordProgress(db, { ...attempt, events }),
    onError: onRetry,
  });
  const say = (message: string): void =>
    reporter.add({ type: "log", stage, level: "info", message });
  say(startLine(request.attempt));
  const signal = AbortSignal.any([job.signal, context.shutdown]);
  const outcome = await child.run(request, { signal, onProgress: (event) => reporter.add(event) });
  if (outcome.type === "done") say(doneLine(outcome.result));
  await reporter.finish();
  try {
    if (outcome.type === "done") {
      const { result } = outcome;
      const facts = { runId, attempt: request.attempt, result };
      const { next } = await persist(() => completeStage(db, facts), { onRetry });
      log.info({ ...attempt, seconds: result.seconds, cached: result.cached, next }, "stage done");
    } else if (signal.aborted) {
      await persist(() => settleStopped(context, attempt), { onRetry });
      log.info(attempt, "stage stopped");
    } else {
      const { failure } = outcome;
      log.error({ ...attempt, failure }, "stage failed");
      await settleFailed(context, { attempt, failure, lastTry: job.lastTry });
    }
  } catch (error) {
    // A newer attempt holds the stage: what this one made is not wanted.
    if (!(error instanceof ConflictError)) throw error;
    log.warn({ ...attempt, error: error.message }, "stage was taken over");
  }
}
