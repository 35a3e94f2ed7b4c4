import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRun } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { getRun } from "../runs/get-run.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const startWorker = (mode: "hang" | "work") =>
  fork(fileURLToPath(new URL("../../test/stage-worker.ts", import.meta.url)), [test.url, mode]);

describe("a worker that is killed", () => {
  it("has its stage taken over once, within 15 seconds", async () => {
    const { id } = await makeRun(test.db);
    const victim = startWorker("hang");
    await once(victim, "message");
    const heir = startWorker("work");
    await sleep(500);
    victim.kill("SIGKILL");
    const killed = performance.now();
    const [first] = (await once(heir, "message")) as [{ stage: string; attempt: number }];
    const seconds = (performance.now() - killed) / 1000;
    expect(first).toEqual({ stage: "train-classifier", attempt: 2 });
    expect(seconds).toBeLessThan(15);

    while ((await getRun(test.db, id)).status !== "succeeded") await sleep(100);
    const { stages } = await getRun(test.db, id);
    expect(stages.map(({ attempt }) => attempt)).toEqual([2, 1, 1, 1, 1, 1, 1]);
    heir.kill("SIGKILL");
  });
});
