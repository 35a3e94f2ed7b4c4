import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, makeActor, makeResult, makeRun } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { listJobs } from "./list-jobs.ts";
import { moveJob } from "./move-job.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const waiting = async () => (await listJobs(test.db)).filter(({ position }) => position !== null);

describe("moveJob", () => {
  it("puts a run where it was dragged, also before one under way, and it stays there", async () => {
    const { db } = test;
    const actor = await makeActor(db, "maintainer");
    const runs = [await makeRun(db), await makeRun(db), await makeRun(db)];
    const [first, second, third] = runs.map(({ id }) => id) as [string, string, string];
    await begin(db, first, "train-classifier");
    await db.pool.query("update pgboss.job set state = 'completed' where data ->> 'runId' = $1", [
      first,
    ]);
    const result = makeResult("train-classifier");
    await completeStage(db, { runId: first, attempt: 1, result });
    const jobOfRun = async (id: string) => (await waiting()).find(({ runId }) => runId === id)!.id;

    expect((await waiting()).map(({ runId }) => runId)).toEqual([first, second, third]);
    await moveJob(db, { actor, jobId: await jobOfRun(third), before: await jobOfRun(first) });
    expect((await waiting()).map(({ runId }) => runId)).toEqual([third, first, second]);
    await moveJob(db, { actor, jobId: await jobOfRun(third), before: null });
    expect((await waiting()).map(({ runId }) => runId)).toEqual([first, second, third]);

    const gone = moveJob(db, { actor, jobId: await jobOfRun(first), before: "nowhere" });
    await expect(gone).rejects.toThrow("Look again");
    const member = await makeActor(db, "member");
    const jobId = await jobOfRun(first);
    await expect(moveJob(db, { actor: member, jobId, before: null })).rejects.toThrow("maintainer");
  });
});
