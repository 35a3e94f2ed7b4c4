import type { BackendReport, StageName } from "@seedmask/core/contract";
import { bigint, integer, jsonb, pgTable, real, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** A process that computes stages, and when it last said so. */
export const worker = pgTable("worker", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  hostname: text("hostname").notNull(),
  pid: integer("pid").notNull(),
  versions: jsonb("versions").$type<Record<string, string>>().notNull(),
  backend: jsonb("backend").$type<BackendReport>(),
  cpuModel: text("cpu_model"),
  cores: integer("cores"),
  /** Share of all cores that was busy between the last two beats, 0…1, whoever kept them so. */
  cpuShare: real("cpu_share"),
  memoryBytes: bigint("memory_bytes", { mode: "number" }).notNull(),
  memoryUsedBytes: bigint("memory_used_bytes", { mode: "number" }),
  diskFreeBytes: bigint("disk_free_bytes", { mode: "number" }),
  diskBytes: bigint("disk_bytes", { mode: "number" }),
  run: text("run_id"),
  stage: text("stage").$type<StageName>(),
  startedAt: moment("started_at").notNull().defaultNow(),
  lastBeatAt: moment("last_beat_at").notNull().defaultNow(),
  leftAt: moment("left_at"),
});
