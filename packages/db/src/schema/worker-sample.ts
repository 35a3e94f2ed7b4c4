import { bigint, boolean, pgTable, primaryKey, real, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { worker } from "./worker.ts";

/** Load of a worker at one moment, kept for some hours. */
export const workerSample = pgTable(
  "worker_sample",
  {
    worker: text("worker_id")
      .notNull()
      .references(() => worker.id, { onDelete: "cascade" }),
    at: moment("at").notNull().defaultNow(),
    cpuShare: real("cpu_share"),
    memoryUsedBytes: bigint("memory_used_bytes", { mode: "number" }).notNull(),
    diskFreeBytes: bigint("disk_free_bytes", { mode: "number" }).notNull(),
    busy: boolean("busy").notNull(),
  },
  (table) => [primaryKey({ columns: [table.worker, table.at] })],
);
