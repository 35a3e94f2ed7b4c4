import type { StageName } from "@seedmask/core/contract";
import { RUN_STAGE_QUEUE } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { JOB_TABLE } from "./reap-lost-runs.ts";

export interface JobRow {
  readonly id: string;
  readonly state: "queued" | "retry" | "active";
  readonly runId: string;
  readonly runName: string;
  readonly stage: StageName;
  readonly priority: number;
  /** 1 = next to be claimed; null while active. */
  readonly position: number | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
}

/** Stage jobs that run or wait, in the order they will be claimed. */
export async function listJobs(db: Database, runId?: string): Promise<JobRow[]> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    select * from (
      select job.id, job.state::text, run.id as run_id, run.name, job.data ->> 'stage' as stage,
        job.priority, job.created_on, job.started_on,
        case when job.state = 'active' then null else row_number() over (
          partition by job.state = 'active' order by job.priority desc, job.created_on, job.id) end
          as position
      from ${JOB_TABLE} as job join run on run.id = job.data ->> 'runId'
      where job.name = ${RUN_STAGE_QUEUE} and job.state in ('created', 'retry', 'active')
    ) as jobs
    ${runId === undefined ? sql`` : sql`where run_id = ${runId}`}
    order by position nulls first, started_on`);
  return rows.map((row) => ({
    id: String(row["id"]),
    state: row["state"] === "created" ? "queued" : (row["state"] as "retry" | "active"),
    runId: String(row["run_id"]),
    runName: String(row["name"]),
    stage: row["stage"] as StageName,
    priority: Number(row["priority"]),
    position: row["position"] === null ? null : Number(row["position"]),
    createdAt: new Date(row["created_on"] as string),
    startedAt: row["started_on"] === null ? null : new Date(row["started_on"] as string),
  }));
}
