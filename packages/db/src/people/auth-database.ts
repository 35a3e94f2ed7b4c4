import type { Database } from "../client.ts";
import { account, rateLimit, session, user, verification } from "../schema/index.ts";

/** What better-auth's drizzle adapter needs; the only way tables leave this package. */
export const authDatabase = ({ drizzle }: Database) => ({
  drizzle,
  schema: { user, session, account, verification, rateLimit },
});
