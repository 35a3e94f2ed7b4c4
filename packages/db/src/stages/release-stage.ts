import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { appendEvents } from "../events/append-events.ts";
import { enqueueNextStage } from "../runs/enqueue-stage.ts";
import { lockRun } from "../runs/lock-run.ts";
import { run } from "../schema/index.ts";
import { requireAttempt, type StageAttempt } from "./require-attempt.ts";

/** A worker that shuts down gives its stage back: another goes on from the last checkpoint. */
export async function releaseStage(db: Database, input: StageAttempt): Promise<void> {
  const { runId, stage } = input;
  await db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    await requireAttempt(tx, input);
    if (row.status === "cancelling") return;
    await enqueueNextStage(db, tx, row);
    await tx.update(run).set({ status: "queued" }).where(eq(run.id, runId));
    await appendEvents(tx, runId, [
      { stage, type: "status", data: { status: "queued", stageStatus: "waiting" } },
    ]);
  });
}
