import type { ProgressEvent } from "@seedmask/core/contract";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, makeResult, makeRun } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { ConflictError } from "../errors.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { type EventFeed, openEventFeed } from "./event-feed.ts";
import { followEvents } from "./follow-events.ts";
import { latestEventId, listEventsAfter, type RunEvent } from "./list-events.ts";
import { listMetricSeries, readMetricSeries } from "./metric-series.ts";
import { recordProgress } from "./record-progress.ts";
import { searchLogs } from "./search-logs.ts";

const stage = "train-classifier";
const log = (message: string, level: "info" | "error" = "info"): ProgressEvent => ({
  type: "log",
  stage,
  level,
  message,
});
const metric = (name: string, step: number, value: number): ProgressEvent => ({
  type: "metric",
  stage,
  name,
  step,
  value,
});
const progress = (done: number): ProgressEvent => ({
  type: "progress",
  stage,
  done,
  total: 100,
  unit: "step",
  throughput: 2,
  etaSeconds: 50,
});

let test: TestDatabase;
let feed: EventFeed;
beforeAll(async () => {
  test = await createTestDatabase();
  feed = await openEventFeed(test.db);
});
afterAll(async () => {
  await feed.close();
  await test.drop();
});

async function startedRun(): Promise<{ runId: string; attempt: number }> {
  const { id } = await makeRun(test.db);
  return { runId: id, attempt: (await begin(test.db, id, stage)).attempt };
}

const say = (run: { runId: string; attempt: number }, ...events: ProgressEvent[]) =>
  recordProgress(test.db, { ...run, stage, events });

describe("recordProgress", () => {
  it("keeps the newest of several progress reports", async () => {
    const run = await startedRun();
    const from = await latestEventId(test.db);
    await say(run, progress(1), progress(2), log("hello\0"));
    const events = await listEventsAfter(test.db, { after: from, runIds: [run.runId] });
    expect(events.map(({ type }) => type)).toEqual(["progress", "log"]);
    expect(events[0]?.data?.progress?.done).toBe(2);
    expect(events[1]?.message).toBe("hello");
  });

  it("refuses a predecessor that still writes", async () => {
    const run = await startedRun();
    await begin(test.db, run.runId, stage);
    await expect(say(run, log("I live"))).rejects.toBeInstanceOf(ConflictError);
  });

  it("forgets progress and metric events when the stage ends, and keeps curves and log", async () => {
    const run = await startedRun();
    await say(run, progress(1), metric("loss", 1, 0.5), log("kept"));
    await completeStage(test.db, { ...run, result: makeResult(stage) });
    const types = (await listEventsAfter(test.db, { after: 0, runIds: [run.runId] })).map(
      ({ type }) => type,
    );
    expect(types).toEqual(["status", "status", "log", "status"]);
    expect(await listMetricSeries(test.db, run.runId)).toHaveLength(1);
  });
});

describe("followEvents", () => {
  async function follow(
    after: number,
    count: number,
    runIds?: string[],
    act: () => Promise<unknown> = async () => undefined,
  ): Promise<RunEvent[]> {
    const stop = new AbortController();
    const seen: RunEvent[] = [];
    const input = { after, signal: stop.signal, ...(runIds ? { runIds } : {}) };
    const acting = act();
    for await (const event of followEvents(test.db, feed, input)) {
      seen.push(event);
      if (seen.length === count) stop.abort();
    }
    await acting;
    return seen;
  }

  it("gives past events and then those to come, none twice", async () => {
    const run = await startedRun();
    await say(run, log("one"), log("two"));
    const seen = await follow(0, 6, [run.runId], async () => {
      await sleep(50);
      await say(run, log("three"));
      await say(run, log("four"));
    });
    expect(seen.slice(2).map(({ message }) => message)).toEqual(["one", "two", "three", "four"]);
    const rest = await follow(seen[3]!.id, 2, [run.runId]);
    expect(rest.map(({ message }) => message)).toEqual(["three", "four"]);
  });

  it("delivers within tens of milliseconds", async () => {
    const run = await startedRun();
    const from = await latestEventId(test.db);
    const times: number[] = [];
    await follow(from, 20, [run.runId], async () => {
      for (let index = 0; index < 20; index += 1) {
        times.push(performance.now());
        await say(run, log(String(index)));
        await sleep(5);
      }
    });
    expect(performance.now() - times.at(-1)!).toBeLessThan(1000);
  });

  it("shows the events of many writers in the order of their ids", async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, startedRun));
    const from = await latestEventId(test.db);
    const seen = await follow(from, 60, undefined, () =>
      Promise.all(
        runs.map(async (run) => {
          for (let index = 0; index < 10; index += 1) await say(run, log(String(index)));
        }),
      ),
    );
    const ids = seen.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    for (const { runId } of runs) {
      const messages = seen.filter((event) => event.runId === runId).map(({ message }) => message);
      expect(messages).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }
  });

  it("goes on after its connections were cut", async () => {
    const run = await startedRun();
    const from = await latestEventId(test.db);
    const seen = await follow(from, 2, [run.runId], async () => {
      await say(run, log("before"));
      await test.db.pool
        .query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        )
        .catch(() => undefined);
      await say(run, log("after"));
    });
    expect(seen.map(({ message }) => message)).toEqual(["before", "after"]);
  });
});

describe("searchLogs", () => {
  it("gives windows from the end, around a line, and of what matches", async () => {
    const run = await startedRun();
    const lines = Array.from({ length: 30 }, (_, index) =>
      log(`line ${index} ${index % 10 === 0 ? "100%_done" : ""}`, index === 7 ? "error" : "info"),
    );
    await say(run, ...lines);
    const { runId } = run;
    const tail = await searchLogs(test.db, { runId, limit: 5 });
    expect(tail.lines.map(({ message }) => message.trim()).at(-1)).toBe("line 29");
    expect(tail).toMatchObject({ earlier: true, later: false });
    const up = await searchLogs(test.db, { runId, limit: 5, before: tail.lines[0]!.id });
    expect(up.lines.at(-1)?.message.trim()).toBe("line 24");
    expect(up.later).toBe(true);
    const found = await searchLogs(test.db, { runId, query: "00%_D" });
    expect(found.lines).toHaveLength(3);
    const errors = await searchLogs(test.db, { runId, levels: ["error"] });
    expect(errors.lines.map(({ message }) => message.trim())).toEqual(["line 7"]);
    const around = await searchLogs(test.db, { runId, around: errors.lines[0]!.id, limit: 6 });
    expect(around.lines.map(({ message }) => message.trim().slice(0, 7).trim())).toEqual([
      "line 4",
      "line 5",
      "line 6",
      "line 7",
      "line 8",
      "line 9",
    ]);
    expect(around).toMatchObject({ earlier: true, later: true });
  });
});

describe("readMetricSeries", () => {
  it("thins a long curve without losing its spike, its first or its last point", async () => {
    const run = await startedRun();
    const points = Array.from({ length: 10_000 }, (_, step) =>
      metric("loss", step, step === 4321 ? 99 : 1 / (step + 1)),
    );
    for (let at = 0; at < points.length; at += 2000) await say(run, ...points.slice(at, at + 2000));
    const { runId } = run;
    const [series] = await readMetricSeries(test.db, { runId, names: ["loss"] });
    expect(series!.total).toBe(10_000);
    expect(series!.steps.length).toBeLessThanOrEqual(1000);
    expect(series!.steps.length).toBeGreaterThan(900);
    expect(Math.max(...series!.values)).toBe(99);
    expect([series!.steps[0], series!.steps.at(-1)]).toEqual([0, 9999]);
    expect(series!.steps).toEqual(series!.steps.toSorted((a, b) => a - b));
    const [summary] = await listMetricSeries(test.db, runId);
    expect(summary).toMatchObject({ max: { step: 4321, value: 99 }, last: { step: 9999 } });
  });

  it("keeps a short curve whole and takes a step written anew", async () => {
    const run = await startedRun();
    await say(run, metric("loss", 1, 3), metric("loss", 2, 2));
    await say(run, metric("loss", 2, 5), metric("loss", 3, 1));
    const [series] = await readMetricSeries(test.db, { runId: run.runId });
    expect(series).toMatchObject({ steps: [1, 2, 3], values: [3, 5, 1], total: 3 });
  });
});
