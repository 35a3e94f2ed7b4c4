import type {
  CamLeakage,
  ConfusionCounts,
  EvaluationPolicy,
  LabelChange,
  MaskNoise,
  StageName,
  ThresholdHistogram,
} from "@seedmask/core/contract";
import { doublePrecision, index, integer, jsonb, pgTable, serial, text } from "drizzle-orm/pg-core";
import { artifact } from "./artifact.ts";
import { createdAt } from "./columns.ts";

/** Masks of one artefact scored under one policy. Runs that share the artefact share the row. */
export const evaluation = pgTable(
  "evaluation",
  {
    id: serial("id").primaryKey(),
    /** SHA-256 of artefact, policy and counts: an equal result is the same row. */
    contentKey: text("content_key").notNull().unique(),
    artifact: text("artifact")
      .notNull()
      .references(() => artifact.hash),
    dataset: text("dataset").notNull(),
    split: text("split").notNull(),
    stage: text("stage").$type<StageName>().notNull(),
    policy: jsonb("policy").$type<EvaluationPolicy>().notNull(),
    policyKey: text("policy_key").notNull(),
    images: integer("images").notNull(),
    meanIou: doublePrecision("mean_iou"),
    pixelAccuracy: doublePrecision("pixel_accuracy"),
    coverage: doublePrecision("coverage").notNull(),
    confusion: jsonb("confusion").$type<ConfusionCounts>().notNull(),
    thresholdHistogram: jsonb("threshold_histogram").$type<ThresholdHistogram>(),
    /** Null where the evaluation is older than the counts, as with the two after it. */
    noise: jsonb("noise").$type<MaskNoise>(),
    change: jsonb("change").$type<LabelChange>(),
    leakage: jsonb("leakage").$type<CamLeakage>(),
    createdAt: createdAt(),
  },
  (table) => [
    index("evaluation_policy").on(table.policyKey, table.meanIou),
    index("evaluation_artifact").on(table.artifact),
    index("evaluation_dataset").on(table.dataset, table.split, table.stage),
  ],
);
