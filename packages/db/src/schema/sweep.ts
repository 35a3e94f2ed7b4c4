import {
  type RunConfig,
  SWEEP_STATUSES,
  type SweepPlan,
  type SweepSetting,
} from "@seedmask/core/contract";
import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { datasetVersion } from "./dataset-version.ts";
import { user } from "./user.ts";

/** Runs that differ in a few fields, made one after the other from one plan. */
export const sweep = pgTable(
  "sweep",
  {
    /** Eight base32 characters. */
    id: text("id").primaryKey(),
    title: text("title").notNull(),
    status: text("status", { enum: SWEEP_STATUSES }).notNull().default("running"),
    /** What every run has where the plan says nothing. */
    config: jsonb("config").$type<RunConfig>().notNull(),
    dataset: text("dataset")
      .notNull()
      .references(() => datasetVersion.hash),
    recipe: text("recipe"),
    recipeVersion: integer("recipe_version"),
    /** Run whose config it varies. */
    parent: text("parent"),
    plan: jsonb("plan").$type<SweepPlan>().notNull(),
    /** The points of the plan, in the order they are visited. */
    settings: jsonb("settings").$type<SweepSetting[]>().notNull(),
    /** Position of the point that is visited next. */
    next: integer("next").notNull().default(0),
    codeVersion: text("code_version").notNull(),
    owner: text("owner").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [index("sweep_created").on(table.createdAt, table.id)],
);
