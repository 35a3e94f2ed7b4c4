import { doublePrecision, integer, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";
import { evaluation } from "./evaluation.ts";

/** IoU, precision and recall of one label over a whole split; null where the label is absent. */
export const classIou = pgTable(
  "class_iou",
  {
    evaluation: integer("evaluation_id")
      .notNull()
      .references(() => evaluation.id, { onDelete: "cascade" }),
    label: smallint("label").notNull(),
    iou: doublePrecision("iou"),
    precision: doublePrecision("precision"),
    recall: doublePrecision("recall"),
  },
  (table) => [primaryKey({ columns: [table.evaluation, table.label] })],
);
