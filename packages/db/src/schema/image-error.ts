import { index, integer, pgTable, primaryKey, real, smallint } from "drizzle-orm/pg-core";
import { evaluation } from "./evaluation.ts";
import { image } from "./image.ts";

/** Wrong pixels of one image by cause, where there are any: a key to sort the review queue by. */
export const imageError = pgTable(
  "image_error",
  {
    evaluation: integer("evaluation_id")
      .notNull()
      .references(() => evaluation.id, { onDelete: "cascade" }),
    image: integer("image_id")
      .notNull()
      .references(() => image.id, { onDelete: "cascade" }),
    /** Position in ERROR_CAUSES; −1 for all together. */
    cause: smallint("cause").notNull(),
    pixels: integer("pixels").notNull(),
    /** Of the image's scored pixels. */
    share: real("share").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.evaluation, table.image, table.cause] }),
    index("image_error_sorted").on(table.evaluation, table.cause, table.share, table.image),
  ],
);
