import type { ProgressEvent, StageFailure, StageName } from "@seedmask/core/contract";
import { STAGE_STATUSES } from "@seedmask/core/contract";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { run } from "./run.ts";

export type StageProgress = Pick<
  Extract<ProgressEvent, { type: "progress" }>,
  "done" | "total" | "unit" | "throughput" | "etaSeconds"
>;

/** One stage of one run. */
export const stageRun = pgTable(
  "stage_run",
  {
    run: text("run_id")
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    stage: text("stage").$type<StageName>().notNull(),
    /** 0, 1, … in the run's own plan. */
    position: integer("position").notNull(),
    status: text("status", { enum: STAGE_STATUSES }).notNull().default("waiting"),
    /** Counts starts; a writer with an older number is refused. */
    attempt: integer("attempt").notNull().default(0),
    /** Job of the queue that is to run it; null where none is. */
    jobId: text("job_id"),
    worker: text("worker_id"),
    cached: boolean("cached").notNull().default(false),
    cacheKey: text("cache_key"),
    seconds: doublePrecision("seconds"),
    peakMemoryBytes: bigint("peak_memory_bytes", { mode: "number" }),
    metrics: jsonb("metrics").$type<Record<string, number>>().notNull().default({}),
    progress: jsonb("progress").$type<StageProgress>(),
    error: jsonb("error").$type<StageFailure>(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.stage] }),
    index("stage_run_cache_key").on(table.cacheKey),
  ],
);
