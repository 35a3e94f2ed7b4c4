import type { RunStatus } from "@seedmask/core/contract";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";
import { run, type RunError, stageRun } from "../schema/index.ts";
import { continueSweepOf } from "../sweeps/continue-sweep.ts";
import { announceRun } from "../webhooks/deliveries.ts";

/** Ends a run: its status, its time, the stages that will not run any more; its sweep goes on. */
export async function finishRun(
  db: Database,
  tx: Transaction,
  runId: string,
  status: RunStatus,
  error: RunError | null = null,
): Promise<void> {
  await tx
    .update(run)
    .set({
      status,
      error,
      cancelDeadline: null,
      finishedAt: sql`now()`,
      duration: sql`extract(epoch from now() - ${run.startedAt})`,
    })
    .where(eq(run.id, runId));
  await announceRun(db, tx, runId);
  if (status !== "succeeded") {
    await tx
      .update(stageRun)
      .set({ status: "cancelled", jobId: null, finishedAt: sql`now()` })
      .where(and(eq(stageRun.run, runId), inArray(stageRun.status, ["waiting", "running"])));
  }
  await continueSweepOf(db, tx, runId);
}
