import { RUN_STAGE_QUEUE, type RunStageJob, type StageName } from "@seedmask/core/contract";
import { and, asc, eq, notInArray } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";
import { jobPriority } from "../queue/order-levels.ts";
import { stageRun } from "../schema/index.ts";
import type { RunRow } from "./lock-run.ts";

/**
 * Hands the first unfinished stage to the queue, in the caller's transaction. Null where all are done.
 *
 * A run under way goes before runs that wait, so that results come one by one and not all at the end.
 */
export async function enqueueNextStage(
  db: Database,
  tx: Transaction,
  { id, priority }: Pick<RunRow, "id" | "priority">,
): Promise<StageName | null> {
  const [next] = await tx
    .select({ stage: stageRun.stage, position: stageRun.position })
    .from(stageRun)
    .where(and(eq(stageRun.run, id), notInArray(stageRun.status, ["succeeded", "cached"])))
    .orderBy(asc(stageRun.position))
    .limit(1);
  if (!next) return null;
  const job: RunStageJob = { runId: id, stage: next.stage };
  const jobId = await db.sender.send(tx, RUN_STAGE_QUEUE, job, {
    priority: jobPriority(priority, next.position),
  });
  await tx
    .update(stageRun)
    .set({ status: "waiting", jobId, error: null, progress: null })
    .where(and(eq(stageRun.run, id), eq(stageRun.stage, next.stage)));
  return next.stage;
}
