import { index, integer, pgTable, primaryKey, real, smallint } from "drizzle-orm/pg-core";
import { evaluation } from "./evaluation.ts";
import { image } from "./image.ts";

/** Counts of one label in one image, and the IoU they give. */
export const imageClassIou = pgTable(
  "image_class_iou",
  {
    evaluation: integer("evaluation_id")
      .notNull()
      .references(() => evaluation.id, { onDelete: "cascade" }),
    image: integer("image_id")
      .notNull()
      .references(() => image.id, { onDelete: "cascade" }),
    label: smallint("label").notNull(),
    iou: real("iou").notNull(),
    truePositives: integer("true_positives").notNull(),
    falsePositives: integer("false_positives").notNull(),
    falseNegatives: integer("false_negatives").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.evaluation, table.image, table.label] }),
    index("image_class_iou_sorted").on(table.evaluation, table.label, table.iou, table.image),
  ],
);
