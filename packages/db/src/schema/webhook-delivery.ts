import type { DeliveryEvent } from "@seedmask/core/contract";
import { bigserial, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { webhook } from "./webhook.ts";

export const DELIVERY_STATUSES = ["queued", "delivered", "retrying", "failed"] as const;

/** One message to one address, and what became of it. */
export const webhookDelivery = pgTable(
  "webhook_delivery",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    webhook: text("webhook_id")
      .notNull()
      .references(() => webhook.id, { onDelete: "cascade" }),
    event: text("event").$type<DeliveryEvent>().notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    status: text("status", { enum: DELIVERY_STATUSES }).notNull().default("queued"),
    attempts: integer("attempts").notNull().default(0),
    /** HTTP status of the newest answer; null where there was none. */
    responseStatus: integer("response_status"),
    error: text("error"),
    createdAt: createdAt(),
    attemptedAt: moment("attempted_at"),
  },
  (table) => [index("webhook_delivery_newest").on(table.webhook, table.id)],
);
