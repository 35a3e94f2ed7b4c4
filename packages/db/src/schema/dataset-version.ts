import type { DatasetFormat, LabelSource, ValidationReport } from "@seedmask/core/contract";
import { integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { dataset } from "./dataset.ts";
import { user } from "./user.ts";

/** One immutable content of a dataset, named by its hash. */
export const datasetVersion = pgTable(
  "dataset_version",
  {
    hash: text("hash").primaryKey(),
    dataset: text("dataset")
      .notNull()
      .references(() => dataset.name),
    /** 1, 2, … within the dataset, for people. */
    version: integer("version").notNull(),
    format: text("format").$type<DatasetFormat>().notNull(),
    labelSource: text("label_source").$type<LabelSource>().notNull(),
    classes: text("classes").array().notNull(),
    images: integer("images").notNull(),
    masks: integer("masks").notNull(),
    splits: jsonb("splits").$type<Record<string, number>>().notNull(),
    report: jsonb("report").$type<ValidationReport>().notNull(),
    importedBy: text("imported_by").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("dataset_version_number").on(table.dataset, table.version)],
);
