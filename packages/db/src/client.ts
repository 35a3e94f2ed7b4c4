import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { join } from "node:path";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { DatabaseUnavailableError } from "./errors.ts";
import { createSender, type Sender } from "./queue/sender.ts";
import { installQueues } from "./queue/install-queues.ts";

/** A pool of connections to one PostgreSQL. Opaque: verbs take it as their first argument. */
export interface Database {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly drizzle: NodePgDatabase;
  readonly sender: Sender;
}

export type Transaction = Parameters<Parameters<NodePgDatabase["transaction"]>[0]>[0];
/** What a query needs: the pool, or the transaction it is part of. */
export type Executor = NodePgDatabase | Transaction;

export interface OpenDatabaseOptions {
  /** Connections at most; default 10. */
  readonly max?: number;
  /** Told of connections that broke while idle; the pool replaces them by itself. */
  readonly onError?: (error: Error) => void;
}

/** Connects when first used. A server that goes away and comes back costs the queries in between only. */
export function openDatabase(url: string, options: OpenDatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    application_name: "seedmask",
  });
  const onError = options.onError ?? (() => undefined);
  // Without listeners a connection that breaks, idle or inside a transaction, ends the process.
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return { url, pool, drizzle: drizzle(pool), sender: createSender(pool, onError) };
}

export async function closeDatabase(db: Database): Promise<void> {
  await db.sender.stop();
  await db.pool.end();
}

const MIGRATION_LOCK = 7_230_115;

/** Brings tables and queue to this version. Safe to call from several processes at once. */
export async function migrateDatabase(db: Database): Promise<void> {
  const client = await db.pool.connect().catch((cause: unknown) => {
    throw new DatabaseUnavailableError(
      "migrate: PostgreSQL does not answer. Check DATABASE_URL, or that the embedded server runs.",
      { cause },
    );
  });
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle(client), {
      migrationsFolder: join(import.meta.dirname, "../migrations"),
    });
    await installQueues(db.url);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => undefined);
    client.release();
  }
}

/** PostgreSQL's codes for a login or a right that is not, or no longer, there. */
const REFUSALS = new Set(["28000", "28P01", "42501"]);

/** Whether the database turned this client away, as against not being there. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && REFUSALS.has(String(error.code))) return true;
  return isRefused(error.cause);
}

/** Round trip of the smallest query, milliseconds. */
export async function pingDatabase(db: Database): Promise<{ milliseconds: number }> {
  const begin = performance.now();
  await db.pool.query("select 1");
  return { milliseconds: performance.now() - begin };
}
