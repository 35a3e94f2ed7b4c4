import { plannedStages } from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  begin,
  demoConfig,
  jobOf,
  makeDoubt,
  makeEvaluation,
  makeResult,
  makeRun,
  recordDataset,
  sha256,
} from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ConflictError } from "../errors.ts";
import { listDiagnostics } from "../diagnostics/list-diagnostics.ts";
import { listEventsAfter } from "../events/list-events.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { getRun } from "../runs/get-run.ts";
import { retryRun, retryStage } from "../runs/retry-run.ts";
import { cancelStage } from "./cancel-stage.ts";
import { completeStage } from "./complete-stage.ts";
import { failStage } from "./fail-stage.ts";
import { startStage } from "./start-stage.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const failure = { code: "storage", message: "disk full", retryable: true, stack: null };

describe("a run's way through its stages", () => {
  it("goes from stage to stage and ends as succeeded", async () => {
    const { db } = test;
    const dataset = await recordDataset(db);
    const { id } = await makeRun(db, { dataset });
    const plan = plannedStages(demoConfig());
    for (const [at, stage] of plan.entries()) {
      const { attempt } = await begin(db, id, stage);
      const evaluations = stage === "predict" ? [makeEvaluation(dataset, { meanIou: 0.6 })] : [];
      const outputs = stage === "predict" ? { prediction: evaluations[0]!.artifact } : {};
      const result = makeResult(stage, { evaluations, outputs });
      const done = await completeStage(db, { runId: id, attempt, result });
      expect(done.next).toBe(plan[at + 1] ?? null);
    }
    const run = await getRun(db, id);
    expect(run).toMatchObject({ status: "succeeded", meanIou: 0.6, meanIouStage: "predict" });
    expect(run.stages.map(({ status }) => status)).toEqual(plan.map(() => "succeeded"));
    expect(run.evaluations).toHaveLength(1);
    expect(run.duration).toBeGreaterThanOrEqual(0);
  });

  it("gives a stage what earlier stages made", async () => {
    const { db } = test;
    const { id } = await makeRun(db);
    const { attempt } = await begin(db, id, "train-classifier");
    const outputs = { "classifier-checkpoint": sha256("weights") };
    const result = makeResult("train-classifier", { outputs });
    await completeStage(db, { runId: id, attempt, result });
    expect((await begin(db, id, "make-seeds")).inputs).toEqual(outputs);
  });

  it("refuses the result of an attempt that another has taken over", async () => {
    const { db } = test;
    const { id } = await makeRun(db);
    const zombie = await begin(db, id, "train-classifier");
    const heir = await begin(db, id, "train-classifier", "worker-2");
    const result = makeResult("train-classifier");
    const late = completeStage(db, { runId: id, attempt: zombie.attempt, result });
    await expect(late).rejects.toBeInstanceOf(ConflictError);
    await completeStage(db, { runId: id, attempt: heir.attempt, result });
    const twice = completeStage(db, { runId: id, attempt: heir.attempt, result });
    await expect(twice).rejects.toBeInstanceOf(ConflictError);
  });

  it("calls a job done that was delivered again after its stage had ended", async () => {
    const { db } = test;
    const { id } = await makeRun(db);
    const jobId = await jobOf(db, id, "train-classifier");
    const { attempt } = await begin(db, id, "train-classifier");
    await completeStage(db, { runId: id, attempt, result: makeResult("train-classifier") });
    const again = { runId: id, stage: "train-classifier", jobId, workerId: "w" } as const;
    expect(await startStage(db, again)).toEqual({ kind: "done" });
  });

  it("leaves nothing behind when a completion fails half-way", async () => {
    const { db } = test;
    const dataset = await recordDataset(db);
    const { id } = await makeRun(db, { dataset });
    const { attempt } = await begin(db, id, "train-classifier");
    const evaluation = makeEvaluation(dataset);
    evaluation.perImage[0] = { ...evaluation.perImage[0]!, imageKey: "0000000000000000" };
    const outputs = { prediction: evaluation.artifact };
    const result = makeResult("train-classifier", { outputs, evaluations: [evaluation] });
    await expect(completeStage(db, { runId: id, attempt, result })).rejects.toThrow(
      "0000000000000000",
    );
    const run = await getRun(db, id);
    expect(run.stages[0]).toMatchObject({ status: "running", outputs: [] });
    expect(run.evaluations).toEqual([]);
  });

  it("waits for another attempt after a failure that may pass, and fails after one that may not", async () => {
    const { db } = test;
    const { id } = await makeRun(db);
    const stage = "train-classifier";
    const first = await begin(db, id, stage);
    await failStage(db, { runId: id, stage, attempt: first.attempt, failure, final: false });
    expect((await getRun(db, id)).status).toBe("starting");
    const second = await begin(db, id, stage);
    expect(second.attempt).toBe(2);
    await failStage(db, { runId: id, stage, attempt: 2, failure, final: true });
    const run = await getRun(db, id);
    expect(run).toMatchObject({ status: "failed", error: { code: "storage", stage } });
    expect(run.stages.slice(1).every(({ status }) => status === "cancelled")).toBe(true);
    await retryRun(db, { actor: SYSTEM_ACTOR, runId: id });
    expect((await begin(db, id, stage)).attempt).toBe(3);
  });

  it("is cancelled at once while it waits, and in two steps while it runs", async () => {
    const { db } = test;
    const waiting = await makeRun(db);
    const actor = SYSTEM_ACTOR;
    expect(await cancelRun(db, { actor, runId: waiting.id })).toEqual({ status: "cancelled" });

    const { id } = await makeRun(db);
    const { attempt } = await begin(db, id, "train-classifier");
    expect(await cancelRun(db, { actor, runId: id })).toEqual({ status: "cancelling" });
    expect((await getRun(db, id)).cancelDeadline).toBeInstanceOf(Date);
    await cancelStage(db, { runId: id, stage: "train-classifier", attempt });
    expect((await getRun(db, id)).status).toBe("cancelled");
    expect(await cancelRun(db, { actor, runId: id })).toEqual({ status: "cancelled" });
  });

  it("runs a chosen stage and all after it anew", async () => {
    const { db } = test;
    const { id } = await makeRun(db);
    for (const stage of plannedStages(demoConfig())) {
      const { attempt } = await begin(db, id, stage);
      await completeStage(db, { runId: id, attempt, result: makeResult(stage) });
    }
    await retryStage(db, { actor: SYSTEM_ACTOR, runId: id, stage: "refine-seeds" });
    const { status, stages } = await getRun(db, id);
    expect(status).toBe("queued");
    expect(stages.map((stage) => stage.status).slice(0, 3)).toEqual([
      "succeeded",
      "succeeded",
      "waiting",
    ]);
    expect((await begin(db, id, "refine-seeds")).attempt).toBe(2);
  });

  it("forgets what a stage done anew said of its masks, and nothing else", async () => {
    const { db } = test;
    const dataset = await recordDataset(db);
    const { id } = await makeRun(db, { dataset });
    for (const stage of plannedStages(demoConfig())) {
      const { attempt } = await begin(db, id, stage);
      const split = stage === "make-seeds" ? "train" : "val";
      const diagnostics =
        stage === "make-seeds" || stage === "predict" ? [makeDoubt(dataset, split)] : [];
      await completeStage(db, { runId: id, attempt, result: makeResult(stage, { diagnostics }) });
    }
    const splits = async (): Promise<string[]> =>
      (await listDiagnostics(db, { runId: id, kind: "mask-doubt" })).map(({ split }) => split);
    expect((await splits()).toSorted()).toEqual(["train", "val"]);
    await retryStage(db, { actor: SYSTEM_ACTOR, runId: id, stage: "refine-seeds" });
    expect(await splits()).toEqual(["train"]);
  });

  it("tells each change of status, in order", async () => {
    const { db } = test;
    const { id } = await makeRun(db);
    const { attempt } = await begin(db, id, "train-classifier");
    await completeStage(db, { runId: id, attempt, result: makeResult("train-classifier") });
    const events = await listEventsAfter(db, { after: 0, runIds: [id] });
    expect(events.map(({ data }) => data?.status)).toEqual(["queued", "running", "running"]);
  });
});
