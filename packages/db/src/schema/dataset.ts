import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";

/** A named line of dataset versions. */
export const dataset = pgTable("dataset", {
  name: text("name").primaryKey(),
  createdAt: createdAt(),
});
