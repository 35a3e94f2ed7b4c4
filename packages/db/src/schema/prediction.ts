import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { run } from "./run.ts";
import { user } from "./user.ts";

export const PREDICTION_STATUSES = ["queued", "running", "succeeded", "failed"] as const;

/** One image that someone wants a run's networks to look at. */
export const prediction = pgTable(
  "prediction",
  {
    id: text("id").primaryKey(),
    run: text("run_id")
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    /** File name as the user had it. */
    name: text("name").notNull(),
    status: text("status", { enum: PREDICTION_STATUSES }).notNull().default("queued"),
    attempt: integer("attempt").notNull().default(0),
    jobId: text("job_id"),
    /** Hash of the answer; null until there is one. */
    artifact: text("artifact"),
    error: text("error"),
    owner: text("owner").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [index("prediction_owner").on(table.owner, table.createdAt)],
);
