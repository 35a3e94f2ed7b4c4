import { FINAL_RUN_STATUSES, RUN_STAGE_QUEUE, type RunStatus } from "@seedmask/core/contract";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { type Actor, requireOwner } from "../actor.ts";
import type { Database } from "../client.ts";
import { CANCEL_CHANNEL } from "../events/channels.ts";
import { appendEvents } from "../events/append-events.ts";
import { writeAudit } from "../people/audit.ts";
import { run, stageRun } from "../schema/index.ts";
import { finishRun } from "./advance-run.ts";
import { lockRun } from "./lock-run.ts";

/** Seconds a worker has to stop; then the run counts as cancelled whatever it does. */
export const CANCEL_SECONDS = 30;

/**
 * Ends a run that waits at once; asks the worker of a running one to stop. A run that has ended is
 * left as it is.
 */
export async function cancelRun(
  db: Database,
  { actor, runId }: { actor: Actor; runId: string },
): Promise<{ status: RunStatus }> {
  return db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    requireOwner(actor, row.owner, "cancel run");
    if (FINAL_RUN_STATUSES.includes(row.status) || row.status === "cancelling") {
      return { status: row.status };
    }
    const jobs = await tx
      .select({ jobId: stageRun.jobId, status: stageRun.status })
      .from(stageRun)
      .where(
        and(
          eq(stageRun.run, runId),
          isNotNull(stageRun.jobId),
          inArray(stageRun.status, ["waiting", "running"]),
        ),
      );
    for (const { jobId } of jobs) {
      if (jobId !== null) await db.sender.cancel(tx, RUN_STAGE_QUEUE, jobId);
    }
    const active = jobs.some(({ status }) => status === "running");
    const status: RunStatus = active ? "cancelling" : "cancelled";
    if (active) {
      const cancelDeadline = sql`now() + make_interval(secs => ${CANCEL_SECONDS})`;
      await tx.update(run).set({ status, cancelDeadline }).where(eq(run.id, runId));
      await tx.execute(sql`select pg_notify(${CANCEL_CHANNEL}, ${runId})`);
    } else {
      await finishRun(db, tx, runId, status);
    }
    const details = { name: row.name, before: { status: row.status }, after: { status } };
    const target = { type: "run", id: runId };
    await writeAudit(tx, { actor, action: "run.cancel", target, details });
    await appendEvents(tx, runId, [{ stage: null, type: "status", data: { status } }]);
    return { status };
  });
}
