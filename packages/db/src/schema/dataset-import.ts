import type { DatasetImportRequest, ValidationReport } from "@seedmask/core/contract";
import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { user } from "./user.ts";

export const IMPORT_STATUSES = ["queued", "running", "succeeded", "failed"] as const;

/** One import, or one dry run of it, done by a worker. */
export const datasetImport = pgTable("dataset_import", {
  id: text("id").primaryKey(),
  request: jsonb("request").$type<DatasetImportRequest>().notNull(),
  status: text("status", { enum: IMPORT_STATUSES }).notNull().default("queued"),
  attempt: integer("attempt").notNull().default(0),
  jobId: text("job_id"),
  done: integer("done").notNull().default(0),
  total: integer("total"),
  /** Version it made; null for a dry run and until it ends. */
  hash: text("hash"),
  report: jsonb("report").$type<ValidationReport>(),
  error: text("error"),
  owner: text("owner").references(() => user.id, { onDelete: "set null" }),
  createdAt: createdAt(),
  finishedAt: moment("finished_at"),
});
