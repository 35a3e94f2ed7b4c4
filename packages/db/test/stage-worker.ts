import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../src/client.ts";
import { startQueue } from "../src/queue/start-queue.ts";
import { workStages } from "../src/queue/work.ts";
import { completeStage } from "../src/stages/complete-stage.ts";
import { startStage } from "../src/stages/start-stage.ts";
import { makeResult } from "./factories.ts";

/** A worker process for tests: hangs in its first stage where told to, else completes what it gets. */
const [url, mode] = process.argv.slice(2);
const db = openDatabase(url!);
const queue = await startQueue(db);
await workStages(queue, async ({ runId, stage, jobId }) => {
  const started = await startStage(db, { runId, stage, jobId, workerId: String(process.pid) });
  if (started.kind !== "run") return;
  const { attempt } = started.request;
  process.send?.({ stage, attempt });
  if (mode === "hang") await sleep(600_000);
  await completeStage(db, { runId, attempt, result: makeResult(stage) });
});
