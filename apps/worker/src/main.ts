/** The supervisor: holds the lease on one job, has one child compute it, records what comes of it. */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import {
  leaveWorker,
  startQueue,
  workDeliveries,
  workImports,
  workPredictions,
  workStages,
} from "@seedmask/db";
import { pino } from "pino";
import { EXIT } from "./cli/exit-codes.ts";
import { ComputeChild } from "./compute-child.ts";
import { connect } from "./connect.ts";
import { env } from "./env.ts";
import { startHeartbeat, type WorkerState } from "./heartbeat.ts";
import { deliverWebhookJob } from "./jobs/deliver-webhook.ts";
import { importDatasetJob } from "./jobs/import-dataset.ts";
import { predictImageJob } from "./jobs/predict-image.ts";
import { runStageJob } from "./jobs/run-stage.ts";
import { onShutdown } from "./shutdown.ts";

const log = pino({ level: env.logLevel });
await mkdir(env.home, { recursive: true });
const { db, close } = await connect();

const child = new ComputeChild({
  onBackend(backend) {
    state.backend = backend;
    log.info({ backend }, "compute backend is ready");
  },
});
/** Looks at single images while the other one trains. */
const onlooker = new ComputeChild({ onBackend: () => undefined });
const state: WorkerState = {
  id: env.workerId ?? randomUUID(),
  home: env.home,
  backend: null,
  running: null,
  childPid: () => child.pid,
};
const onError = (error: unknown): void => log.warn({ error }, "database or queue");
const heartbeat = await startHeartbeat(db, state, {
  onError,
  onRevoked: () => {
    log.error("this worker's pairing was taken back; it ends");
    heartbeat.stop();
    void child.stop().then(() => process.exit(EXIT.unavailable));
  },
});
const queue = await startQueue(db, { onError });
const shutdown = new AbortController();

const cancellations = await workStages(queue, async (job) => {
  state.running = { runId: job.runId, stage: job.stage };
  try {
    const context = { db, child, workerId: state.id, log, shutdown: shutdown.signal };
    await runStageJob(context, job);
  } finally {
    state.running = null;
  }
});
await workImports(queue, (job) => importDatasetJob({ db, home: env.home, log }, job));
await workPredictions(queue, (job) =>
  predictImageJob({ db, home: env.home, child: onlooker, log, shutdown: shutdown.signal }, job),
);
await workDeliveries(queue, (job) =>
  deliverWebhookJob({ db, log, allowPrivate: env.webhookPrivate }, job),
);
log.info({ id: state.id, home: env.home }, "worker waits for jobs");

onShutdown(async (signal) => {
  log.info({ signal }, "worker stops");
  shutdown.abort();
  heartbeat.stop();
  await queue.stop({ graceful: true, seconds: 8 });
  await Promise.all([child.stop(), onlooker.stop()]);
  await cancellations.close();
  await leaveWorker(db, state.id);
  await close();
});
