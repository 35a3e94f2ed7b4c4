import type { SweepPlan } from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoConfig, makeActor, recordDataset } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { type Actor, SYSTEM_ACTOR } from "../actor.ts";
import { ForbiddenError, NotFoundError, PreconditionError } from "../errors.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { getRun } from "../runs/get-run.ts";
import { createSweep } from "./create-sweep.ts";
import { getSweep, listSweeps } from "./get-sweep.ts";
import { cancelSweep, pauseSweep, resumeSweep } from "./steer-sweep.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const plan: SweepPlan = {
  space: [{ kind: "values", path: "segmenter.epochs", values: [1, 2, 3] }],
  strategy: "grid",
  budget: 3,
  seed: 1,
  atOnce: 1,
};

async function makeSweep(actor: Actor = SYSTEM_ACTOR, change: Partial<SweepPlan> = {}) {
  const { hash: dataset } = await recordDataset(test.db);
  const base = { actor, title: "epochs", config: demoConfig(), codeVersion: "test" };
  return createSweep(test.db, { ...base, dataset, plan: { ...plan, ...change } });
}

const runsOf = async (id: string) =>
  (await getSweep(test.db, id)).trials.flatMap(({ run }) => run ?? []);
const end = async (runId: string) => cancelRun(test.db, { actor: SYSTEM_ACTOR, runId });

describe("createSweep", () => {
  it("launches as many points as may run at once, and the next when one has ended", async () => {
    const { id, points } = await makeSweep();
    expect(points).toBe(3);
    const first = await runsOf(id);
    expect(first).toHaveLength(1);
    const detail = await getRun(test.db, first[0]!.id);
    expect(detail).toMatchObject({ title: "epochs 1", sweep: id, sweepPoint: 0 });
    expect(detail.config.segmenter.epochs).toBe(1);
    await end(first[0]!.id);
    expect(await runsOf(id)).toHaveLength(2);
  });
  it("is finished when its last run has ended, however that ended", async () => {
    const { id } = await makeSweep(SYSTEM_ACTOR, { atOnce: 3 });
    const runs = await runsOf(id);
    expect(runs).toHaveLength(3);
    for (const { id: runId } of runs) await end(runId);
    expect(await getSweep(test.db, id)).toMatchObject({ status: "finished", done: 3, best: null });
    expect((await listSweeps(test.db)).find((each) => each.id === id)?.points).toBe(3);
  });
  it("refuses a point that is no config before anything is made", async () => {
    const before = await listSweeps(test.db);
    const space = [{ kind: "values" as const, path: "segmenter.epochs", values: [1, 0] }];
    await expect(makeSweep(SYSTEM_ACTOR, { space })).rejects.toThrow("epochs 0");
    expect(await listSweeps(test.db)).toHaveLength(before.length);
  });
});

describe("steering a sweep", () => {
  it("launches nothing while paused and goes on where it was", async () => {
    const { id: sweepId } = await makeSweep();
    await pauseSweep(test.db, { actor: SYSTEM_ACTOR, sweepId });
    await end((await runsOf(sweepId))[0]!.id);
    expect(await runsOf(sweepId)).toHaveLength(1);
    await resumeSweep(test.db, { actor: SYSTEM_ACTOR, sweepId });
    expect(await runsOf(sweepId)).toHaveLength(2);
  });
  it("stops what runs and what would come when cancelled, and stays so", async () => {
    const { id: sweepId } = await makeSweep();
    const actor = SYSTEM_ACTOR;
    await cancelSweep(test.db, { actor, sweepId });
    expect((await runsOf(sweepId)).map(({ status }) => status)).toEqual(["cancelled"]);
    expect(await getSweep(test.db, sweepId)).toMatchObject({ status: "cancelled", launched: 1 });
    const again = resumeSweep(test.db, { actor, sweepId });
    await expect(again).rejects.toBeInstanceOf(PreconditionError);
    const none = pauseSweep(test.db, { actor, sweepId: "none" });
    await expect(none).rejects.toBeInstanceOf(NotFoundError);
  });
  it("lets members steer their own, maintainers any, viewers make none", async () => {
    const [viewer, member, other, maintainer] = await Promise.all(
      (["viewer", "member", "member", "maintainer"] as const).map((role) =>
        makeActor(test.db, role),
      ),
    );
    await expect(makeSweep(viewer)).rejects.toBeInstanceOf(ForbiddenError);
    const { id: sweepId } = await makeSweep(member);
    for (const actor of [viewer!, other!]) {
      for (const act of [pauseSweep, resumeSweep, cancelSweep]) {
        await expect(act(test.db, { actor, sweepId })).rejects.toBeInstanceOf(ForbiddenError);
      }
    }
    await pauseSweep(test.db, { actor: member!, sweepId });
    await cancelSweep(test.db, { actor: maintainer!, sweepId });
    const [run] = await runsOf(sweepId);
    expect((await getRun(test.db, run!.id)).owner?.id).toBe(member!.id);
  });
});
