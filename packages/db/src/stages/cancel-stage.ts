import type { Database } from "../client.ts";
import { appendEvents } from "../events/append-events.ts";
import { finishRun } from "../runs/advance-run.ts";
import { lockRun } from "../runs/lock-run.ts";
import { requireAttempt, type StageAttempt } from "./require-attempt.ts";

/** The worker has stopped a stage that was to be cancelled: the run ends. */
export async function cancelStage(db: Database, input: StageAttempt): Promise<void> {
  const { runId, stage } = input;
  await db.drizzle.transaction(async (tx) => {
    await lockRun(tx, runId);
    await requireAttempt(tx, input);
    await finishRun(db, tx, runId, "cancelled");
    await appendEvents(tx, runId, [
      { stage, type: "status", data: { status: "cancelled", stageStatus: "cancelled" } },
    ]);
  });
}
