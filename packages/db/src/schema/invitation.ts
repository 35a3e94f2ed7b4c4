import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { user } from "./user.ts";

/** A link that makes its bearer a member once. Only the hash of its token is kept. */
export const invitation = pgTable("invitation", {
  id: text("id").primaryKey(),
  tokenHash: text("token_hash").notNull().unique(),
  role: text("role", { enum: ["viewer", "member", "maintainer", "admin"] }).notNull(),
  email: text("email"),
  createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
  createdAt: createdAt(),
  expiresAt: moment("expires_at").notNull(),
  acceptedBy: text("accepted_by").references(() => user.id, { onDelete: "set null" }),
  acceptedAt: moment("accepted_at"),
  revokedAt: moment("revoked_at"),
});
