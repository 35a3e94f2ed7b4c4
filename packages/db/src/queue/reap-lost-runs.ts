import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { appendEvents } from "../events/append-events.ts";
import { finishRun } from "../runs/advance-run.ts";
import { lockRun } from "../runs/lock-run.ts";

/** The queue's own table; its rows are read here and in list-jobs, and nowhere else. */
export const JOB_TABLE = sql.raw("pgboss.job");

const ORPHANS = sql`
  select run.id from run
  where run.status in ('queued', 'starting', 'running', 'cancelling')
    and (run.status <> 'cancelling' or run.cancel_deadline < now())
    and not exists (
      select 1 from stage_run
      join ${JOB_TABLE} as job on job.id::text = stage_run.job_id
      where stage_run.run_id = run.id and job.state in ('created', 'retry', 'active'))`;

/**
 * Ends runs that no job stands behind any more: their worker died more often than the queue retries,
 * or did not stop when it was told to. Returns their ids.
 */
export async function reapLostRuns(db: Database): Promise<string[]> {
  const { rows } = await db.drizzle.execute<{ id: string }>(ORPHANS);
  for (const { id } of rows) {
    await db.drizzle.transaction(async (tx) => {
      const { status, stage } = await lockRun(tx, id);
      const again = await tx.execute(sql`${ORPHANS} and run.id = ${id}`);
      if (again.rows.length === 0) return;
      const cancelled = status === "cancelling";
      const message =
        "The worker was lost more often than a job is given out again. Retry resumes at its checkpoint.";
      await finishRun(
        db,
        tx,
        id,
        cancelled ? "cancelled" : "lost",
        cancelled ? null : { stage, code: "lost", message, stack: null },
      );
      const data = { status: cancelled ? "cancelled" : "lost" } as const;
      await appendEvents(tx, id, [{ stage, type: "status", data }]);
    });
  }
  return rows.map(({ id }) => id);
}
