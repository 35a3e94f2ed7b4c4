import type { StageName } from "@seedmask/core/contract";
import { foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { evaluation } from "./evaluation.ts";
import { stageRun } from "./stage-run.ts";

/** Which evaluations a stage of a run brought. */
export const stageEvaluation = pgTable(
  "stage_evaluation",
  {
    run: text("run_id").notNull(),
    stage: text("stage").$type<StageName>().notNull(),
    evaluation: integer("evaluation_id")
      .notNull()
      .references(() => evaluation.id),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.stage, table.evaluation] }),
    foreignKey({
      columns: [table.run, table.stage],
      foreignColumns: [stageRun.run, stageRun.stage],
    }).onDelete("cascade"),
    index("stage_evaluation_evaluation").on(table.evaluation),
  ],
);
