import {
  DELIVER_WEBHOOK_QUEUE,
  deliverWebhookJobSchema,
  IMPORT_DATASET_QUEUE,
  importDatasetJobSchema,
  PREDICT_IMAGE_QUEUE,
  predictImageJobSchema,
  RUN_STAGE_QUEUE,
  runStageJobSchema,
  type StageName,
} from "@seedmask/core/contract";
import { CANCEL_CHANNEL } from "../events/channels.ts";
import { type Listener, listen } from "../events/listen.ts";
import { DELIVERY_RETRY_LIMIT, RETRY_LIMIT } from "./install-queues.ts";
import type { Queue } from "./start-queue.ts";

interface Delivery {
  readonly jobId: string;
  /** How often the job was given out before. */
  readonly retries: number;
  /** True where the queue will not give it out again: fail for good now. */
  readonly lastTry: boolean;
  /** Aborts when the run is cancelled, or when the job was taken from this worker. */
  readonly signal: AbortSignal;
}

export interface StageJob extends Delivery {
  readonly runId: string;
  readonly stage: StageName;
}

export interface ImportJob extends Delivery {
  readonly importId: string;
}

export interface PredictionJob extends Delivery {
  readonly predictionId: string;
}

export interface DeliveryJob extends Delivery {
  readonly deliveryId: number;
}

/** Heartbeats come from a timer of this process, so a handler must leave its event loop free. */
const POLLING = {
  batchSize: 1,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
  heartbeatRefreshSeconds: 3,
} as const;

/**
 * Gives stage jobs to `handle`, one at a time. A handler that throws has its job given out again, up
 * to the retry limit; one that returns is done with it, whatever became of the stage.
 */
export async function workStages(
  queue: Queue,
  handle: (job: StageJob) => Promise<void>,
): Promise<Listener> {
  const running = new Map<string, AbortController>();
  const listener = await listen(queue.db, {
    channel: CANCEL_CHANNEL,
    onNotice: (runId) => running.get(runId)?.abort(new Error("cancelled")),
    // A cancellation missed meanwhile shows at the next heartbeat: its job is cancelled too.
    onReconnect: () => undefined,
  });
  await queue.boss.work(RUN_STAGE_QUEUE, POLLING, async (jobs) => {
    for (const job of jobs) {
      const { runId, stage } = runStageJobSchema.parse(job.data);
      const cancel = new AbortController();
      running.set(runId, cancel);
      try {
        const signal = AbortSignal.any([job.signal, cancel.signal]);
        await handle({ runId, stage, ...delivery(job), signal });
      } finally {
        running.delete(runId);
      }
    }
  });
  return listener;
}

/** Gives import jobs to `handle`, one at a time, beside the stages. */
export async function workImports(
  queue: Queue,
  handle: (job: ImportJob) => Promise<void>,
): Promise<void> {
  await queue.boss.work(IMPORT_DATASET_QUEUE, POLLING, async (jobs) => {
    for (const job of jobs) {
      const { importId } = importDatasetJobSchema.parse(job.data);
      await handle({ importId, ...delivery(job), signal: job.signal });
    }
  });
}

/** Gives single images to `handle`, one at a time, beside the stages. */
export async function workPredictions(
  queue: Queue,
  handle: (job: PredictionJob) => Promise<void>,
): Promise<void> {
  await queue.boss.work(PREDICT_IMAGE_QUEUE, POLLING, async (jobs) => {
    for (const job of jobs) {
      const { predictionId } = predictImageJobSchema.parse(job.data);
      await handle({ predictionId, ...delivery(job), signal: job.signal });
    }
  });
}

/** Gives webhook deliveries to `handle`; one that throws is tried again, later each time. */
export async function workDeliveries(
  queue: Queue,
  handle: (job: DeliveryJob) => Promise<void>,
): Promise<void> {
  await queue.boss.work(DELIVER_WEBHOOK_QUEUE, POLLING, async (jobs) => {
    for (const job of jobs) {
      const { deliveryId } = deliverWebhookJobSchema.parse(job.data);
      await handle({ deliveryId, ...delivery(job, DELIVERY_RETRY_LIMIT), signal: job.signal });
    }
  });
}

const delivery = (
  { id, retryCount }: { id: string; retryCount: number },
  limit: number = RETRY_LIMIT,
) => ({ jobId: id, retries: retryCount, lastTry: retryCount >= limit });
