import type { Diagnostic, StageName } from "@seedmask/core/contract";
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  serial,
  text,
} from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { image } from "./image.ts";
import { stageRun } from "./stage-run.ts";

/** A diagnostic without its images, which have rows of their own. */
export type DiagnosticData = Diagnostic extends infer One
  ? One extends Diagnostic
    ? Omit<One, "perImage">
    : never
  : never;

/** What a stage says of its output beside the score. Runs that share a result share the row. */
export const diagnostic = pgTable("diagnostic", {
  id: serial("id").primaryKey(),
  /** SHA-256 of the whole: an equal diagnostic is the same row. */
  contentKey: text("content_key").notNull().unique(),
  dataset: text("dataset").notNull(),
  kind: text("kind").$type<Diagnostic["kind"]>().notNull(),
  split: text("split").notNull(),
  data: jsonb("data").$type<DiagnosticData>().notNull(),
  createdAt: createdAt(),
});

/** Which diagnostics a stage of a run brought. */
export const stageDiagnostic = pgTable(
  "stage_diagnostic",
  {
    run: text("run_id").notNull(),
    stage: text("stage").$type<StageName>().notNull(),
    diagnostic: integer("diagnostic_id")
      .notNull()
      .references(() => diagnostic.id),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.stage, table.diagnostic] }),
    foreignKey({
      columns: [table.run, table.stage],
      foreignColumns: [stageRun.run, stageRun.stage],
    }).onDelete("cascade"),
    index("stage_diagnostic_diagnostic").on(table.diagnostic),
  ],
);

/** How doubtful one image's mask is without ground truth: a key to sort the review queue by. */
export const imageDoubt = pgTable(
  "image_doubt",
  {
    diagnostic: integer("diagnostic_id")
      .notNull()
      .references(() => diagnostic.id, { onDelete: "cascade" }),
    image: integer("image_id")
      .notNull()
      .references(() => image.id, { onDelete: "cascade" }),
    disagreement: real("disagreement"),
    entropy: real("entropy"),
  },
  (table) => [
    primaryKey({ columns: [table.diagnostic, table.image] }),
    index("image_doubt_disagreement").on(table.diagnostic, table.disagreement, table.image),
    index("image_doubt_entropy").on(table.diagnostic, table.entropy, table.image),
  ],
);
