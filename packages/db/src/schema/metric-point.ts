import type { StageName } from "@seedmask/core/contract";
import { doublePrecision, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { run } from "./run.ts";

/** One value of a curve. A resumed stage writes its steps anew over the old ones. */
export const metricPoint = pgTable(
  "metric_point",
  {
    run: text("run_id")
      .notNull()
      .references(() => run.id, { onDelete: "cascade" }),
    stage: text("stage").$type<StageName>().notNull(),
    name: text("name").notNull(),
    step: integer("step").notNull(),
    value: doublePrecision("value").notNull(),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.run, table.stage, table.name, table.step] })],
);
