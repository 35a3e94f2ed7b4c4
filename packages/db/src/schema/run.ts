import type { BackendReport, RunConfig, StageName } from "@seedmask/core/contract";
import { RUN_STATUSES } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  text,
} from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { datasetVersion } from "./dataset-version.ts";
import { sweep } from "./sweep.ts";
import { user } from "./user.ts";

export interface RunError {
  readonly stage: StageName | null;
  readonly code: string;
  readonly message: string;
  readonly stack: string | null;
}

/** One execution of one immutable config. */
export const run = pgTable(
  "run",
  {
    /** Eight base32 characters. */
    id: text("id").primaryKey(),
    number: serial("number").notNull(),
    /** Readable and unique, e.g. `cam-tiny-shapes-0042`; never a key. */
    name: text("name").notNull(),
    title: text("title"),
    tags: text("tags")
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    status: text("status", { enum: RUN_STATUSES }).notNull().default("queued"),
    config: jsonb("config").$type<RunConfig>().notNull(),
    recipe: text("recipe"),
    recipeVersion: integer("recipe_version"),
    dataset: text("dataset")
      .notNull()
      .references(() => datasetVersion.hash),
    supervision: text("supervision").$type<RunConfig["supervision"]>().notNull(),
    seed: integer("seed").notNull(),
    codeVersion: text("code_version").notNull(),
    parent: text("parent"),
    /** Shared by runs that differ in their seed only. */
    group: text("group_id").notNull(),
    /** Sweep it is a point of, and which of its points. */
    sweep: text("sweep_id").references(() => sweep.id, { onDelete: "set null" }),
    sweepPoint: integer("sweep_point"),
    owner: text("owner").references(() => user.id, { onDelete: "set null" }),
    priority: integer("priority").notNull().default(0),
    /** Stage that runs, or ran last. */
    stage: text("stage").$type<StageName>(),
    /** Of the last mask-yielding stage that was evaluated, on the config's evaluation split. */
    meanIou: doublePrecision("mean_iou"),
    meanIouStage: text("mean_iou_stage").$type<StageName>(),
    backend: jsonb("backend").$type<BackendReport>(),
    error: jsonb("error").$type<RunError>(),
    createdAt: createdAt(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    cancelDeadline: moment("cancel_deadline"),
    /** Wall time from first start to end, seconds. */
    duration: doublePrecision("duration"),
  },
  (table) => [
    check(
      "run_status",
      sql.raw(`status in (${RUN_STATUSES.map((status) => `'${status}'`).join(", ")})`),
    ),
    index("run_created").on(table.createdAt, table.id),
    index("run_status_created").on(table.status, table.createdAt, table.id),
    index("run_status").on(table.status, table.id),
    index("run_mean_iou").on(table.meanIou, table.id),
    index("run_mean_iou_best").on(table.meanIou.desc().nullsLast(), table.id.desc()),
    index("run_duration").on(table.duration, table.id),
    index("run_duration_longest").on(table.duration.desc().nullsLast(), table.id.desc()),
    index("run_name").on(table.name, table.id),
    index("run_dataset").on(table.dataset, table.createdAt),
    index("run_group").on(table.group),
    index("run_sweep").on(table.sweep),
    index("run_owner").on(table.owner, table.createdAt),
    index("run_tags").using("gin", table.tags),
  ],
);
