/** PostgreSQL: the packaged binaries start here, or the server of DATABASE_URL answers. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

export async function ensureDatabase() {
  const { openDatabase, closeDatabase, pingDatabase } = await import("@seedmask/db");
  const given = process.env.DATABASE_URL;
  if (given) {
    const database = openDatabase(given, { max: 1 });
    try {
      await pingDatabase(database);
    } finally {
      await closeDatabase(database);
    }
    return "the server of DATABASE_URL answers";
  }
  const { ensurePostgres } = await import("@seedmask/db/embedded");
  const folder = await mkdtemp(join(tmpdir(), "seedmask-postgres-"));
  try {
    const server = await ensurePostgres({ dir: join(folder, "data") });
    await server.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return "PostgreSQL 18 starts here";
}
