import type { ArtifactKind } from "@seedmask/core/contract";
import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { datasetVersion } from "./dataset-version.ts";

/** Content in the store, named by the hash of its manifest. */
export const artifact = pgTable("artifact", {
  hash: text("hash").primaryKey(),
  kind: text("kind").$type<ArtifactKind>().notNull(),
  dataset: text("dataset")
    .notNull()
    .references(() => datasetVersion.hash),
  createdAt: createdAt(),
});
