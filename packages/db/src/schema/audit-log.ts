import { bigserial, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** Who did what to which thing. Names are copied, so that a line outlives the person and the thing. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: moment("at").notNull().defaultNow(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index("audit_log_target").on(table.targetType, table.targetId, table.id),
    index("audit_log_actor").on(table.actorId, table.id),
    index("audit_log_action").on(table.action, table.id),
  ],
);
