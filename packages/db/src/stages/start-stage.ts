import { FINAL_RUN_STATUSES, type StageName, type StageRequest } from "@seedmask/core/contract";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { appendEvents } from "../events/append-events.ts";
import { finishRun } from "../runs/advance-run.ts";
import { lockRun } from "../runs/lock-run.ts";
import { run, stageArtifact, stageRun } from "../schema/index.ts";

export interface StartStageInput {
  readonly runId: string;
  readonly stage: StageName;
  readonly jobId: string;
  readonly workerId: string;
}

/** `done`: an earlier delivery of the job finished it. `cancelled`: nobody wants it any more. */
export type StartedStage =
  | { readonly kind: "run"; readonly request: StageRequest }
  | { readonly kind: "done" }
  | { readonly kind: "cancelled" };

/** Takes a stage over: from now on every earlier attempt is refused. */
export async function startStage(db: Database, input: StartStageInput): Promise<StartedStage> {
  const { runId, stage, jobId, workerId } = input;
  return db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    const ofStage = and(eq(stageRun.run, runId), eq(stageRun.stage, stage));
    const [current] = await tx.select().from(stageRun).where(ofStage).for("update");
    if (!current) throw new NotFoundError(`start: run ${runId} has no stage ${stage}.`);
    if (current.status === "succeeded" || current.status === "cached") return { kind: "done" };
    if (row.status === "cancelling") {
      await finishRun(db, tx, runId, "cancelled");
      await appendEvents(tx, runId, [{ stage, type: "status", data: { status: "cancelled" } }]);
      return { kind: "cancelled" };
    }
    // A job of a run that was ended, or restarted with another job, has nothing left to do.
    if (FINAL_RUN_STATUSES.includes(row.status) || current.jobId !== jobId) {
      return { kind: "cancelled" };
    }
    const attempt = current.attempt + 1;
    await tx
      .update(stageRun)
      .set({
        status: "running",
        attempt,
        worker: workerId,
        error: null,
        startedAt: sql`now()`,
        finishedAt: null,
      })
      .where(ofStage);
    await tx
      .update(run)
      .set({ status: "running", stage, startedAt: row.startedAt ?? sql`now()`, error: null })
      .where(eq(run.id, runId));
    const inputs = await earlierArtifacts(tx, runId, current.position);
    await appendEvents(tx, runId, [
      { stage, type: "status", data: { status: "running", stageStatus: "running" } },
    ]);
    const { config, dataset } = row;
    return { kind: "run", request: { runId, stage, attempt, config, dataset, inputs } };
  });
}

async function earlierArtifacts(
  tx: Transaction,
  runId: string,
  position: number,
): Promise<StageRequest["inputs"]> {
  const rows = await tx
    .select({ kind: stageArtifact.kind, artifact: stageArtifact.artifact })
    .from(stageArtifact)
    .innerJoin(
      stageRun,
      and(eq(stageRun.run, stageArtifact.run), eq(stageRun.stage, stageArtifact.stage)),
    )
    .where(and(eq(stageArtifact.run, runId), lt(stageRun.position, position)))
    .orderBy(stageRun.position);
  return Object.fromEntries(rows.map(({ kind, artifact }) => [kind, artifact]));
}
