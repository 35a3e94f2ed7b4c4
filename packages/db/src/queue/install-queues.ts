import {
  DELIVER_WEBHOOK_QUEUE,
  IMPORT_DATASET_QUEUE,
  PREDICT_IMAGE_QUEUE,
  RUN_STAGE_QUEUE,
} from "@seedmask/core/contract";
import { PgBoss } from "pg-boss";

/** Seconds without a heartbeat after which a job is taken from its worker; pg-boss allows no less. */
export const HEARTBEAT_SECONDS = 10;
/** Times a job is given out again after its worker died or failed in a way that may pass. */
export const RETRY_LIMIT = 3;

const OPTIONS = {
  policy: "standard",
  retryLimit: RETRY_LIMIT,
  retryDelay: 0,
  // Heartbeats find the dead; this only bounds the absurd.
  expireInSeconds: 23 * 3600,
  retentionSeconds: 365 * 24 * 3600,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  notify: true,
} as const;

/** Tries at 0, 10, 20, 40, … seconds, about 20 minutes in all. */
export const DELIVERY_RETRY_LIMIT = 7;
const DELIVERY_OPTIONS = {
  ...OPTIONS,
  retryLimit: DELIVERY_RETRY_LIMIT,
  retryDelay: 10,
  retryBackoff: true,
  retentionSeconds: 7 * 24 * 3600,
} as const;

/** Makes the queue's own tables and our queues; nothing where they are. */
export async function installQueues(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    supervise: false,
    schedule: false,
    registerInstance: false,
    max: 2,
  });
  const errors: Error[] = [];
  boss.on("error", (error) => errors.push(error));
  await boss.start();
  try {
    await boss.createQueue(RUN_STAGE_QUEUE, OPTIONS);
    await boss.createQueue(IMPORT_DATASET_QUEUE, OPTIONS);
    await boss.createQueue(PREDICT_IMAGE_QUEUE, OPTIONS);
    await boss.createQueue(DELIVER_WEBHOOK_QUEUE, DELIVERY_OPTIONS);
  } finally {
    await boss.stop({ graceful: false });
  }
}
