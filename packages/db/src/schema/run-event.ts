import type { ProgressEvent, RunStatus, StageName, StageStatus } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import { bigserial, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { run } from "./run.ts";

export const EVENT_TYPES = ["status", "progress", "metric", "log"] as const;
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;

/** What an event carries beside its columns. */
export interface EventData {
  readonly status?: RunStatus;
  readonly stageStatus?: StageStatus;
  readonly progress?: Extract<ProgressEvent, { type: "progress" }>;
  readonly metric?: { readonly name: string; readonly step: number; readonly value: number };
}

/** Everything a run said, in the order it was committed. Progress and metrics go when their stage ends. */
export const runEvent = pgTable(
  "run_event",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    run: text("run_id")
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    stage: text("stage").$type<StageName>(),
    at: moment("at").notNull().defaultNow(),
    type: text("type", { enum: EVENT_TYPES }).notNull(),
    level: text("level", { enum: LOG_LEVELS }),
    message: text("message"),
    data: jsonb("data").$type<EventData>(),
  },
  (table) => [
    index("run_event_run").on(table.run, table.id),
    index("run_event_logs")
      .on(table.run, table.id)
      .where(sql`type = 'log'`),
    index("run_event_passing")
      .on(table.run, table.stage)
      .where(sql`type in ('progress', 'metric')`),
  ],
);
