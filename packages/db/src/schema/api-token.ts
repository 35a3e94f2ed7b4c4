import type { TokenScope } from "@seedmask/core/contract";
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { user } from "./user.ts";

/** A key for machines that acts for its owner within scopes. Only the hash of it is kept. */
export const apiToken = pgTable(
  "api_token",
  {
    id: text("id").primaryKey(),
    tokenHash: text("token_hash").notNull().unique(),
    /** First characters, to tell tokens apart. */
    start: text("start").notNull(),
    name: text("name").notNull(),
    owner: text("owner")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    scopes: text("scopes").array().$type<TokenScope[]>().notNull(),
    createdAt: createdAt(),
    expiresAt: moment("expires_at"),
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("api_token_owner").on(table.owner, table.createdAt)],
);
