import { PgBoss } from "pg-boss";
import type { Database } from "../client.ts";
import { reapLostRuns } from "./reap-lost-runs.ts";

export interface StartQueueOptions {
  readonly onError?: (error: Error) => void;
  /** Seconds between looks for dead workers and lost runs; default 1. */
  readonly monitorSeconds?: number;
}

/** A worker's side of the queue: claims jobs, keeps their heartbeats, finds the dead. */
export interface Queue {
  readonly db: Database;
  readonly boss: PgBoss;
  readonly onError: (error: Error) => void;
  readonly stop: (options?: { graceful?: boolean; seconds?: number }) => Promise<void>;
}

const REAP_SECONDS = 5;

export async function startQueue(db: Database, options: StartQueueOptions = {}): Promise<Queue> {
  const onError = options.onError ?? (() => undefined);
  const interval = options.monitorSeconds ?? 1;
  const boss = new PgBoss({
    connectionString: db.url,
    application_name: "seedmask-queue",
    max: 4,
    migrate: false,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: interval,
    monitorIntervalSeconds: interval,
    registerInstance: false,
  });
  boss.on("error", onError);
  await boss.start({ attempts: 5 });
  const reap = (): void => void reapLostRuns(db).catch((error: Error) => onError(error));
  reap();
  const timer = setInterval(reap, REAP_SECONDS * 1000);
  return {
    db,
    boss,
    onError,
    stop: async ({ graceful = true, seconds = 30 } = {}) => {
      clearInterval(timer);
      await boss.stop({ graceful, timeout: seconds * 1000 });
    },
  };
}
