import { sql } from "drizzle-orm";
import type pg from "pg";
import { fromDrizzle, PgBoss } from "pg-boss";
import type { Transaction } from "../client.ts";

/** Puts jobs into the queue inside a caller's transaction. Runs no timers of the queue's own. */
export interface Sender {
  readonly send: (
    tx: Transaction,
    queue: string,
    data: object,
    options?: { priority?: number },
  ) => Promise<string>;
  readonly setPriority: (
    tx: Transaction,
    queue: string,
    job: { readonly id: string; readonly priority: number },
  ) => Promise<void>;
  readonly cancel: (tx: Transaction, queue: string, jobId: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The queue's client of a process that only sends, on the pool it already has. */
export function createSender(pool: pg.Pool, onError: (error: Error) => void): Sender {
  let started: Promise<PgBoss> | null = null;
  const boss = (): Promise<PgBoss> => {
    started ??= start(pool, onError).catch((error: unknown) => {
      started = null;
      throw error;
    });
    return started;
  };
  return {
    send: async (tx, queue, data, options = {}) => {
      const id = await (await boss()).send(queue, data, { ...options, db: fromDrizzle(tx, sql) });
      if (id === null) throw new Error(`queue ${queue}: the job was not accepted`);
      return id;
    },
    setPriority: async (tx, queue, { id, priority }) => {
      await (await boss()).update(queue, undefined, { id, priority, db: fromDrizzle(tx, sql) });
    },
    cancel: async (tx, queue, jobId) => {
      await (await boss()).cancel(queue, jobId, { db: fromDrizzle(tx, sql) });
    },
    stop: async () => {
      const running = await started?.catch(() => null);
      started = null;
      await running?.stop({ graceful: false });
    },
  };
}

async function start(pool: pg.Pool, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    supervise: false,
    schedule: false,
    migrate: false,
    registerInstance: false,
    queueCacheIntervalSeconds: 3600,
  });
  boss.on("error", onError);
  await boss.start();
  return boss;
}
