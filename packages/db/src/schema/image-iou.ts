import { index, integer, pgTable, primaryKey, real } from "drizzle-orm/pg-core";
import { evaluation } from "./evaluation.ts";
import { image } from "./image.ts";

/** Mean IoU of one image over the labels in its truth or prediction: a key to sort a gallery by. */
export const imageIou = pgTable(
  "image_iou",
  {
    evaluation: integer("evaluation_id")
      .notNull()
      .references(() => evaluation.id, { onDelete: "cascade" }),
    image: integer("image_id")
      .notNull()
      .references(() => image.id, { onDelete: "cascade" }),
    iou: real("iou").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.evaluation, table.image] }),
    index("image_iou_sorted").on(table.evaluation, table.iou, table.image),
  ],
);
