import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";

/** Fields of better-auth 1.7.5, and the role of the one team an installation serves. */
export const user = pgTable(
  "user",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
    emailVerified: boolean("email_verified").notNull().default(false),
    image: text("image"),
    role: text("role", { enum: ["viewer", "member", "maintainer", "admin"] })
      .notNull()
      .default("viewer"),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    check("user_role", sql`${table.role} in ('viewer', 'member', 'maintainer', 'admin')`),
  ],
);
