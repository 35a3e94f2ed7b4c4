import { plannedStages, type StageName, type StageResult } from "@seedmask/core/contract";
import { and, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { ConflictError } from "../errors.ts";
import { createRun, type CreatedRun, type CreateRunInput } from "../runs/create-run.ts";
import { stageRun } from "../schema/index.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { startStage } from "../stages/start-stage.ts";

/**
 * Takes a run from launch to success with results that are there already, by the verbs a worker uses.
 * @throws {ConflictError} when a worker has taken one of its stages
 */
export async function recordFinishedRun(
  db: Database,
  input: CreateRunInput,
  resultOf: (stage: StageName) => StageResult,
): Promise<CreatedRun> {
  const [run] = await createRun(db, { ...input, repeats: 1 });
  const runId = run!.id;
  for (const stage of plannedStages(input.config)) {
    const [row] = await db.drizzle
      .select({ jobId: stageRun.jobId })
      .from(stageRun)
      .where(and(eq(stageRun.run, runId), eq(stageRun.stage, stage)));
    const claim = { runId, stage, jobId: row?.jobId ?? "", workerId: "seed" };
    const started = await startStage(db, claim);
    if (started.kind !== "run") {
      throw new ConflictError(
        `seed: expected stage ${stage} of run ${runId} to be free, got one that is ${started.kind}. ` +
          "Stop the worker of this data home and seed again.",
      );
    }
    const { attempt } = started.request;
    await completeStage(db, { runId, attempt, result: resultOf(stage) });
  }
  return run!;
}
