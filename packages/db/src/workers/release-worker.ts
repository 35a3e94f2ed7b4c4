import { RUN_STAGE_QUEUE } from "@seedmask/core/contract";
import { and, eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";
import { appendEvents } from "../events/append-events.ts";
import { CANCEL_CHANNEL } from "../events/channels.ts";
import { finishRun } from "../runs/advance-run.ts";
import { enqueueNextStage } from "../runs/enqueue-stage.ts";
import { lockRun } from "../runs/lock-run.ts";
import { run, stageRun, worker } from "../schema/index.ts";

/**
 * Takes the stages a worker holds away from it and gives them to whoever comes next; what it still
 * writes is refused. Returns the ids of the runs.
 */
export async function releaseWorker(
  db: Database,
  tx: Transaction,
  workerId: string,
): Promise<string[]> {
  const held = await tx
    .select({ runId: stageRun.run, stage: stageRun.stage })
    .from(stageRun)
    .where(and(eq(stageRun.worker, workerId), eq(stageRun.status, "running")));
  for (const { runId, stage } of held) {
    const row = await lockRun(tx, runId);
    const [current] = await tx
      .select({ jobId: stageRun.jobId, status: stageRun.status })
      .from(stageRun)
      .where(
        and(eq(stageRun.run, runId), eq(stageRun.stage, stage), eq(stageRun.worker, workerId)),
      );
    if (current?.status !== "running") continue;
    if (current.jobId !== null) await db.sender.cancel(tx, RUN_STAGE_QUEUE, current.jobId);
    await tx.execute(sql`select pg_notify(${CANCEL_CHANNEL}, ${runId})`);
    const wanted = row.status !== "cancelling";
    if (wanted) {
      await enqueueNextStage(db, tx, row);
      await tx.update(run).set({ status: "queued" }).where(eq(run.id, runId));
    } else {
      await finishRun(db, tx, runId, "cancelled");
    }
    const data = wanted
      ? ({ status: "queued", stageStatus: "waiting" } as const)
      : ({ status: "cancelled" } as const);
    await appendEvents(tx, runId, [{ stage, type: "status", data }]);
  }
  await tx
    .update(worker)
    .set({ leftAt: sql`now()`, run: null, stage: null })
    .where(eq(worker.id, workerId));
  return held.map(({ runId }) => runId);
}
