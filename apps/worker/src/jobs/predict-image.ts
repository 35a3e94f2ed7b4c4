import { rm } from "node:fs/promises";
import { join } from "node:path";
import { predictionInputKey, type StageFailure } from "@seedmask/core/contract";
import {
  completePrediction,
  ConflictError,
  type Database,
  failPrediction,
  type PredictionJob,
  startPrediction,
} from "@seedmask/db";
import type { Logger } from "pino";
import type { ComputeChild } from "../compute-child.ts";

export interface PredictionJobContext {
  readonly db: Database;
  readonly home: string;
  /** A child beside the one that trains: who looks at an image does not wait for a stage. */
  readonly child: ComputeChild;
  readonly log: Logger;
  /** Aborts when this worker shuts down. */
  readonly shutdown: AbortSignal;
}

/** Looks at one image; throwing is how the queue is told to give the job out again. */
export async function predictImageJob(
  { db, home, child, log, shutdown }: PredictionJobContext,
  { predictionId: id, lastTry, signal: taken }: PredictionJob,
): Promise<void> {
  const started = await startPrediction(db, id);
  if (started === null) return;
  const { attempt, request } = started;
  const signal = AbortSignal.any([taken, shutdown]);
  const outcome = await child.predict(request, { signal });
  try {
    if (outcome.type === "predicted") {
      await completePrediction(db, { id, attempt, artifact: outcome.artifact });
      log.info({ id, run: request.runId, artifact: outcome.artifact }, "image predicted");
    } else {
      await settleFailed(outcome.failure);
    }
  } catch (error) {
    // A newer attempt holds the prediction: this answer is not wanted.
    if (!(error instanceof ConflictError)) throw error;
    log.warn({ id, attempt, error: error.message }, "prediction was taken over");
    return;
  }
  await rm(join(home, predictionInputKey(id)), { force: true });

  async function settleFailed({ message, retryable }: StageFailure): Promise<void> {
    if (signal.aborted || (retryable && !lastTry)) throw new Error(message);
    log.warn({ id, message }, "prediction failed");
    await failPrediction(db, { id, attempt, message });
  }
}
