import { boolean, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { user } from "./user.ts";

export const VIEW_PAGES = ["runs", "leaderboard"] as const;

/** Filter, order and columns of a page under a name, so that an address stays short. */
export const savedView = pgTable(
  "saved_view",
  {
    /** Eight base32 characters. */
    id: text("id").primaryKey(),
    page: text("page", { enum: VIEW_PAGES }).notNull(),
    name: text("name").notNull(),
    /** The page's own query string. */
    query: text("query").notNull(),
    /** True where the whole team sees it. */
    shared: boolean("shared").notNull(),
    owner: text("owner")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [index("saved_view_page").on(table.page, table.name)],
);
