import { join } from "node:path";
import { closeDatabase, type Database, migrateDatabase, openDatabase } from "@seedmask/db";
import { ensurePostgres } from "@seedmask/db/embedded";
import { env } from "./env.ts";

/** The database of this data home, started and brought up to date where that is needed. */
export async function connect(): Promise<{ db: Database; close: () => Promise<void> }> {
  const url = env.databaseUrl ?? (await ensurePostgres({ dir: join(env.home, "postgres") })).url;
  const db = openDatabase(url, { max: 6 });
  // A paired worker may not change tables: the dashboard that let it in has brought them up to date.
  if (env.workerId === null) await migrateDatabase(db);
  return { db, close: () => closeDatabase(db) };
}
