import type { ArtifactKind, StageName } from "@seedmask/core/contract";
import { foreignKey, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { artifact } from "./artifact.ts";
import { stageRun } from "./stage-run.ts";

/** What a stage of a run yielded: made by it, or taken over from an equal stage of an earlier run. */
export const stageArtifact = pgTable(
  "stage_artifact",
  {
    run: text("run_id").notNull(),
    stage: text("stage").$type<StageName>().notNull(),
    kind: text("kind").$type<ArtifactKind>().notNull(),
    artifact: text("artifact")
      .notNull()
      .references(() => artifact.hash),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.stage, table.kind] }),
    foreignKey({
      columns: [table.run, table.stage],
      foreignColumns: [stageRun.run, stageRun.stage],
    }).onDelete("cascade"),
    index("stage_artifact_artifact").on(table.artifact),
  ],
);
