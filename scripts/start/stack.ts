import { mkdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, type Database, migrateDatabase, openDatabase } from "@seedmask/db";
import { ensurePostgres } from "@seedmask/db/embedded";
import { codeVersion } from "../../apps/worker/src/code-version.ts";
import { type Child, startChild } from "./child.ts";
import { StartError } from "./start-error.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const WEB_SERVER = join(ROOT, "apps/web/.next/standalone/apps/web/server.js");
const WORKER = join(ROOT, "apps/worker/src/main.ts");
const WEB_SECONDS = 60;

export interface StackOptions {
  /** Data home. */
  readonly home: string;
  readonly port: number;
  /** Address to listen on; 127.0.0.1 keeps the dashboard to this machine. */
  readonly host: string;
  readonly log: (line: string) => void;
  /** Further environment of the dashboard and the worker. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Stack {
  readonly url: string;
  readonly databaseUrl: string;
  readonly db: Database;
  readonly web: Child;
  readonly worker: Child;
  /** Settles with a sentence when the dashboard or the worker goes away. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok;
  } catch {
    return false;
  }
}

async function waitForWeb(url: string, web: Child): Promise<void> {
  const state = { ended: "" };
  void web.ended.then((sentence) => (state.ended = sentence));
  const limit = performance.now() + WEB_SECONDS * 1000;
  while (!(await answers(url))) {
    const late = performance.now() > limit;
    if (late || state.ended !== "") {
      const why = state.ended || `no answer from ${url}/api/health in ${WEB_SECONDS} s`;
      throw new StartError(`dashboard: ${why}. Its last lines:\n${web.lastLines()}`);
    }
    await sleep(100);
  }
}

async function startDatabase(home: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env["DATABASE_URL"];
  if (given) return { url: given, stop: async () => undefined };
  return ensurePostgres({ dir: join(home, "postgres") });
}

/** PostgreSQL, the dashboard's production build and one worker, on one data home. */
export async function startStack({
  home,
  port,
  host,
  log,
  env = {},
}: StackOptions): Promise<Stack> {
  mkdirSync(join(home, "logs"), { recursive: true });
  const undo: Array<() => Promise<void>> = [];
  const stop = async (): Promise<void> => {
    for (let last = undo.pop(); last; last = undo.pop()) await last();
  };
  try {
    const database = await startDatabase(home);
    undo.push(database.stop);
    const db = openDatabase(database.url, { max: 4 });
    undo.push(() => closeDatabase(db));
    await migrateDatabase(db);
    log("database: PostgreSQL runs, tables are up to date");

    const url = `http://localhost:${port}`;
    const shared = {
      SEEDMASK_COMMIT: codeVersion(),
      ...env,
      DATABASE_URL: database.url,
      SEEDMASK_HOME: home,
    };
    const web = startChild({
      name: "dashboard",
      args: [WEB_SERVER],
      cwd: home,
      env: {
        ...shared,
        PORT: String(port),
        HOSTNAME: host,
        SEEDMASK_ORIGIN: process.env["SEEDMASK_ORIGIN"] ?? url,
        NODE_ENV: "production",
      },
      logFile: join(home, "logs", "web.log"),
    });
    undo.push(web.stop);
    const worker = startChild({
      name: "worker",
      args: [WORKER],
      cwd: ROOT,
      env: shared,
      logFile: join(home, "logs", "worker.log"),
    });
    undo.push(worker.stop);
    const broken = Promise.race(
      [web, worker].map(async (child) => {
        const sentence = await child.ended;
        return `${sentence}. Its last lines:\n${child.lastLines()}`;
      }),
    );
    await waitForWeb(url, web);
    log("dashboard and worker: running");
    return { url, databaseUrl: database.url, db, web, worker, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
