import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { user } from "./user.ts";

/** What lets one worker of another process or machine in. Its id is the worker's id too. */
export const workerPairing = pgTable("worker_pairing", {
  id: text("id").primaryKey(),
  /** Only the hash of the token is kept. */
  tokenHash: text("token_hash").notNull().unique(),
  /** First characters, to tell tokens apart. */
  start: text("start").notNull(),
  name: text("name").notNull(),
  createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
  createdAt: createdAt(),
  /** Until when it must have been used for the first time. */
  expiresAt: moment("expires_at").notNull(),
  pairedAt: moment("paired_at"),
  /** When its worker last asked for its connection, and from which machine. */
  lastUsedAt: moment("last_used_at"),
  hostname: text("hostname"),
  revokedAt: moment("revoked_at"),
});
