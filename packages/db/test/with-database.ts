import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { inject } from "vitest";
import { closeDatabase, type Database, migrateDatabase, openDatabase } from "../src/client.ts";
import { ensureTestServer, sharedFolder } from "./test-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of this test run's PostgreSQL; the first test that needs it starts it. */
    postgresFolder: string;
  }
}

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
  readonly drop: () => Promise<void>;
}

const TEMPLATE_LOCK = 7_230_117;

/** A database of the caller's own with every table, empty. Copied from a template in about 0.1 s. */
export async function createTestDatabase(
  folder: string = inject("postgresFolder") ?? sharedFolder(),
): Promise<TestDatabase> {
  const { url } = await ensureTestServer(folder);
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withAdmin(url, async (admin) => {
    // Copying locks the template, so copies are made one after another.
    await admin.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const template = await ensureTemplate(admin, url);
    await admin.query(`create database ${name} template ${template}`);
  });
  const errors: Error[] = [];
  const db = openDatabase(withName(url, name), { onError: (error) => errors.push(error) });
  return {
    db,
    url: db.url,
    drop: async () => {
      await closeDatabase(db);
      await withAdmin(url, (admin) => admin.query(`drop database ${name} with (force)`));
    },
  };
}

/** The template of these very migrations, made by the first who asks. */
async function ensureTemplate(admin: pg.Client, url: string): Promise<string> {
  const journal = new URL("../migrations/meta/_journal.json", import.meta.url);
  const latest = new URL("../src/queue/install-queues.ts", import.meta.url);
  const digest = createHash("sha256").update(readFileSync(journal)).update(readFileSync(latest));
  const name = `template_${digest.digest("hex").slice(0, 12)}`;
  const known = await admin.query("select 1 from pg_database where datname = $1", [name]);
  if (known.rowCount === 1) return name;
  const partial = `${name}_partial`;
  await admin.query(`drop database if exists ${partial} with (force)`);
  await admin.query(`create database ${partial}`);
  const db = openDatabase(withName(url, partial), { max: 2 });
  await migrateDatabase(db);
  await closeDatabase(db);
  await admin.query(`alter database ${partial} rename to ${name}`);
  return name;
}

async function withAdmin(url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: withName(url, "postgres") });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function withName(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
