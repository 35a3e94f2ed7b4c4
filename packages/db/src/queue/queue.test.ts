import { setTimeout as sleep } from "node:timers/promises";
import { plannedStages } from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoConfig, makeResult, makeRun } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { getRun } from "../runs/get-run.ts";
import { cancelStage } from "../stages/cancel-stage.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { startStage } from "../stages/start-stage.ts";
import { reapLostRuns } from "./reap-lost-runs.ts";
import { type Queue, startQueue } from "./start-queue.ts";
import { type StageJob, workStages } from "./work.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function until(what: string, holds: () => Promise<boolean>, seconds = 20): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(25);
  }
}

async function withWorker(
  handle: (job: StageJob) => Promise<void>,
  body: (queue: Queue) => Promise<void>,
): Promise<void> {
  const queue = await startQueue(test.db);
  const listener = await workStages(queue, handle);
  try {
    await body(queue);
  } finally {
    await listener.close();
    await queue.stop({ graceful: false });
  }
}

const statusOf = async (id: string): Promise<string> => (await getRun(test.db, id)).status;

async function compute({ runId, stage, jobId }: StageJob): Promise<void> {
  const started = await startStage(test.db, { runId, stage, jobId, workerId: "w" });
  if (started.kind !== "run") return;
  const { attempt } = started.request;
  await completeStage(test.db, { runId, attempt, result: makeResult(stage) });
}

describe("the queue", () => {
  it("takes a run through all its stages, one run after the other", async () => {
    const first = await makeRun(test.db);
    const second = await makeRun(test.db);
    const order: string[] = [];
    await withWorker(
      async (job) => {
        order.push(job.runId);
        await compute(job);
      },
      async () => {
        await until("both done", async () => (await statusOf(second.id)) === "succeeded");
      },
    );
    const stages = plannedStages(demoConfig()).length;
    expect(order.slice(0, stages)).toEqual(Array.from({ length: stages }, () => first.id));
    expect(await statusOf(first.id)).toBe("succeeded");
  });

  it("tells the worker of a cancelled run within a second", async () => {
    const { id: runId } = await makeRun(test.db);
    let cancelledAfter = Infinity;
    await withWorker(
      async (job) => {
        const { stage, jobId } = job;
        const started = await startStage(test.db, { runId, stage, jobId, workerId: "w" });
        if (started.kind !== "run") return;
        const begin = performance.now();
        await cancelRun(test.db, { actor: SYSTEM_ACTOR, runId });
        if (!job.signal.aborted) {
          await new Promise((resolve) => job.signal.addEventListener("abort", resolve));
        }
        cancelledAfter = performance.now() - begin;
        await cancelStage(test.db, { runId, stage, attempt: started.request.attempt });
      },
      () => until("cancelled", async () => (await statusOf(runId)) === "cancelled"),
    );
    expect(cancelledAfter).toBeLessThan(1000);
  });

  it("gives a job that failed in a way that may pass out again, four times in all", async () => {
    const { id: runId } = await makeRun(test.db);
    const retries: number[] = [];
    const last: boolean[] = [];
    await withWorker(
      async (job) => {
        retries.push(job.retries);
        last.push(job.lastTry);
        throw new Error("the disk is away");
      },
      () => until("lost", async () => (await statusOf(runId)) === "lost"),
    );
    expect(retries).toEqual([0, 1, 2, 3]);
    expect(last).toEqual([false, false, false, true]);
  });

  it("ends a run whose worker does not stop when the time to do so is over", async () => {
    const { id: runId } = await makeRun(test.db);
    await withWorker(
      async ({ stage, jobId }) => {
        await startStage(test.db, { runId, stage, jobId, workerId: "w" });
        await cancelRun(test.db, { actor: SYSTEM_ACTOR, runId });
      },
      () => until("cancelling", async () => (await statusOf(runId)) === "cancelling"),
    );
    expect(await reapLostRuns(test.db)).not.toContain(runId);
    await test.db.pool.query("update run set cancel_deadline = now() where id = $1", [runId]);
    expect(await reapLostRuns(test.db)).toContain(runId);
    expect(await statusOf(runId)).toBe("cancelled");
  });
});
