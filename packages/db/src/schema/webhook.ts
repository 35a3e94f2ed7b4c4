import type { WebhookEvent } from "@seedmask/core/contract";
import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { user } from "./user.ts";

/** An address that is told how runs end. The secret signs, so it is kept as it is and shown once. */
export const webhook = pgTable("webhook", {
  id: text("id").primaryKey(),
  url: text("url").notNull(),
  secret: text("secret").notNull(),
  events: text("events").array().$type<WebhookEvent[]>().notNull(),
  enabled: boolean("enabled").notNull().default(true),
  createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
  createdAt: createdAt(),
});
