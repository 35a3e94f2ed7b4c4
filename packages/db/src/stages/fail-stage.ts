import type { StageFailure } from "@seedmask/core/contract";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { appendEvents } from "../events/append-events.ts";
import { finishRun } from "../runs/advance-run.ts";
import { lockRun } from "../runs/lock-run.ts";
import { run, stageRun } from "../schema/index.ts";
import { requireAttempt, type StageAttempt } from "./require-attempt.ts";

export interface FailStageInput extends StageAttempt {
  readonly failure: StageFailure;
  /** False where the queue will give the job out again. */
  readonly final: boolean;
}

/** Records why an attempt failed; the run fails with it when nothing more will be tried. */
export async function failStage(db: Database, input: FailStageInput): Promise<void> {
  const { runId, stage, failure, final } = input;
  await db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    await requireAttempt(tx, input);
    await tx
      .update(stageRun)
      .set({
        status: final ? "failed" : "waiting",
        error: failure,
        progress: null,
        finishedAt: final ? sql`now()` : null,
      })
      .where(and(eq(stageRun.run, runId), eq(stageRun.stage, stage)));
    const cancelled = row.status === "cancelling";
    const status = cancelled ? "cancelled" : final ? "failed" : "starting";
    if (cancelled) {
      await finishRun(db, tx, runId, "cancelled");
    } else if (final) {
      const { code, message, stack } = failure;
      await finishRun(db, tx, runId, "failed", { stage, code, message, stack });
    } else {
      await tx.update(run).set({ status }).where(eq(run.id, runId));
    }
    const stageStatus = final ? "failed" : "waiting";
    const message = `${stage}: ${failure.message}`.replaceAll("\0", "");
    await appendEvents(tx, runId, [
      { stage, type: "log", level: final ? "error" : "warning", message },
      { stage, type: "status", data: { status, stageStatus } },
    ]);
  });
}
