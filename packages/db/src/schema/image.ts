import {
  boolean,
  index,
  integer,
  pgTable,
  serial,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { datasetVersion } from "./dataset-version.ts";

/** One image of a dataset version. */
export const image = pgTable(
  "image",
  {
    /** Small number that per-image results point to. */
    id: serial("id").primaryKey(),
    dataset: text("dataset")
      .notNull()
      .references(() => datasetVersion.hash, { onDelete: "cascade" }),
    /** Position in the manifest. */
    idx: integer("idx").notNull(),
    key: text("key").notNull(),
    /** The id the user's files have. */
    name: text("name").notNull(),
    split: text("split").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    /** Class indices. */
    labels: smallint("labels").array().notNull(),
    hasMask: boolean("has_mask").notNull(),
  },
  (table) => [
    uniqueIndex("image_position").on(table.dataset, table.idx),
    uniqueIndex("image_key").on(table.dataset, table.key),
    index("image_split").on(table.dataset, table.split, table.idx),
    index("image_labels").using("gin", table.labels),
  ],
);
