import { RUN_STAGE_QUEUE } from "@seedmask/core/contract";
import { eq, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database, Transaction } from "../client.ts";
import { ConflictError } from "../errors.ts";
import { writeAudit } from "../people/audit.ts";
import { run } from "../schema/index.ts";
import { jobPriority, orderLevels, type WaitingJob } from "./order-levels.ts";
import { JOB_TABLE } from "./reap-lost-runs.ts";

interface QueuedJob extends WaitingJob {
  readonly runId: string;
}

export interface MoveJobInput {
  readonly actor: Actor;
  readonly jobId: string;
  /** Job that is to come right after it; null: it goes to the end. */
  readonly before: string | null;
}

const REORDER_LOCK = 7_230_119;

/**
 * Gives a waiting job another turn, by the priority of its run and, where they stand in the way, of
 * runs before it.
 * @throws {ConflictError} when one of the two jobs no longer waits
 */
export async function moveJob(db: Database, { actor, jobId, before }: MoveJobInput): Promise<void> {
  requireRole(actor, "maintainer", "reorder queue");
  await db.drizzle.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${REORDER_LOCK})`);
    const jobs = await waitingJobs(tx);
    const moved = jobs.find(({ id }) => id === jobId);
    const rest = jobs.filter(({ id }) => id !== jobId);
    const at = before === null ? rest.length : rest.findIndex(({ id }) => id === before);
    if (moved === undefined || at === -1) {
      throw new ConflictError("reorder queue: the job has just begun or gone. Look again.");
    }
    const wanted = rest.toSpliced(at, 0, moved);
    const levels = orderLevels(wanted, jobId);
    for (const job of wanted) {
      const level = levels.get(job.id);
      if (level === undefined) continue;
      await tx.update(run).set({ priority: level }).where(eq(run.id, job.runId));
      const priority = jobPriority(level, job.stage);
      await db.sender.setPriority(tx, RUN_STAGE_QUEUE, { id: job.id, priority });
    }
    const position = { before: jobs.indexOf(moved) + 1, after: at + 1 };
    const target = { type: "run", id: moved.runId };
    await writeAudit(tx, { actor, action: "run.reorder", target, details: position });
  });
}

/** Jobs that wait, next one first, held so that none begins meanwhile. */
async function waitingJobs(tx: Transaction): Promise<QueuedJob[]> {
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    select job.id, run.id as run_id, run.priority, stage_run.position,
      extract(epoch from job.created_on) as created
    from ${JOB_TABLE} as job
    join run on run.id = job.data ->> 'runId'
    join stage_run on stage_run.run_id = run.id and stage_run.job_id = job.id::text
    where job.name = ${RUN_STAGE_QUEUE} and job.state in ('created', 'retry')
    order by job.priority desc, job.created_on, job.id
    for update of job`);
  return rows.map((row) => ({
    id: String(row["id"]),
    runId: String(row["run_id"]),
    level: Number(row["priority"]),
    stage: Number(row["position"]),
    createdAt: Number(row["created"]),
  }));
}
