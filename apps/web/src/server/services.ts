import "server-only";
import { type Database, type EventFeed, openDatabase, openEventFeed } from "@seedmask/db";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import pino, { type Logger } from "pino";
import { type Env, readEnv } from "#env.ts";
import { type Auth, createAuth } from "./auth.ts";

/** What one web process holds open: a pool, one LISTEN, the store of files, sign-in, a log. */
export interface Services {
  readonly env: Env;
  readonly database: Database;
  readonly feed: Promise<EventFeed>;
  readonly files: Disk;
  readonly auth: Auth;
  readonly log: Logger;
}

function openServices(): Services {
  const env = readEnv();
  const log = pino({ level: env.LOG_LEVEL, name: "web" });
  const database = openDatabase(env.DATABASE_URL, {
    max: 10,
    onError: (error: Error) => log.warn({ error }, "database connection lost"),
  });
  return {
    env,
    database,
    feed: openEventFeed(database),
    files: new Disk(new FSDriver({ location: env.SEEDMASK_HOME, visibility: "private" })),
    auth: createAuth(database, env),
    log,
  };
}

/** Route bundles each load this module anew; the process has one set all the same. */
const holder = globalThis as typeof globalThis & { seedmaskServices?: Services };
export const services = (): Services => (holder.seedmaskServices ??= openServices());
