import type { Database } from "@seedmask/db";
import { connect } from "../connect.ts";

/** Runs work on the database of this data home and lets go of it afterwards. */
export async function withDatabase<Result>(
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const { db, close } = await connect();
  try {
    return await work(db);
  } finally {
    await close();
  }
}
