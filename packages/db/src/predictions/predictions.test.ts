import { predictionInputKey } from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  begin,
  createTestDatabase,
  makeActor,
  makeResult,
  makeRun,
  recordDataset,
  sha256,
  type TestDatabase,
} from "../../test/index.ts";
import type { Actor } from "../actor.ts";
import { ConflictError, ForbiddenError, NotFoundError, PreconditionError } from "../errors.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { listModels } from "./list-models.ts";
import {
  completePrediction,
  createPrediction,
  failPrediction,
  getPrediction,
  listPredictions,
  newPredictionId,
  startPrediction,
} from "./predictions.ts";

let test: TestDatabase;
let actor: Actor;
let runId: string;
const checkpoint = sha256("classifier");

beforeAll(async () => {
  test = await createTestDatabase();
  actor = await makeActor(test.db, "member");
  ({ id: runId } = await makeRun(test.db));
});
afterAll(() => test.drop());

const ask = (by: Actor = actor, run = runId) =>
  createPrediction(test.db, { actor: by, id: newPredictionId(), runId: run, name: "cat.jpg" });

describe("createPrediction", () => {
  it("refuses a viewer, an unknown run, and a run that has trained nothing", async () => {
    const viewer = await makeActor(test.db, "viewer");
    await expect(ask(viewer)).rejects.toBeInstanceOf(ForbiddenError);
    await expect(ask(actor, "none")).rejects.toBeInstanceOf(NotFoundError);
    await expect(ask()).rejects.toBeInstanceOf(PreconditionError);
  });
});

describe("a prediction", () => {
  beforeAll(async () => {
    await begin(test.db, runId, "train-classifier");
    const outputs = { "classifier-checkpoint": checkpoint };
    const result = makeResult("train-classifier", { outputs });
    await completeStage(test.db, { runId, attempt: 1, result });
  });

  it("goes from question to answer, and refuses a predecessor", async () => {
    const { id } = await ask();
    const first = await startPrediction(test.db, id);
    const second = await startPrediction(test.db, id);
    expect([first?.attempt, second?.attempt]).toEqual([1, 2]);
    expect(second!.request).toMatchObject({
      runId,
      name: "cat.jpg",
      image: predictionInputKey(id),
      inputs: { "classifier-checkpoint": checkpoint },
      classes: ["circle", "square", "star"],
    });
    const artifact = sha256("answer");
    const late = completePrediction(test.db, { id, attempt: 1, artifact });
    await expect(late).rejects.toBeInstanceOf(ConflictError);
    await completePrediction(test.db, { id, attempt: 2, artifact });
    expect(await getPrediction(test.db, id)).toMatchObject({ status: "succeeded", artifact });
    expect(await startPrediction(test.db, id)).toBeNull();
  });

  it("keeps why it failed, and is listed for who asked alone", async () => {
    const { id } = await ask();
    const { attempt } = (await startPrediction(test.db, id))!;
    await failPrediction(test.db, { id, attempt, message: "cat.jpg: no image" });
    const [newest] = await listPredictions(test.db, actor);
    expect(newest).toMatchObject({ id, status: "failed", error: "cat.jpg: no image" });
    const other = await makeActor(test.db, "member");
    expect(await listPredictions(test.db, other)).toEqual([]);
  });
});

describe("listModels", () => {
  it("lists runs that have trained a network, and no others", async () => {
    const idle = await makeRun(test.db, { dataset: await recordDataset(test.db) });
    const { rows, total } = await listModels(test.db);
    expect(total).toBe(rows.length);
    expect(rows.map((row) => row.runId)).toContain(runId);
    expect(rows.map((row) => row.runId)).not.toContain(idle.id);
    const own = rows.find((row) => row.runId === runId)!;
    expect(own.checkpoints).toEqual({ "classifier-checkpoint": checkpoint });
    const asked = await listModels(test.db, { asked: runId });
    expect(asked.rows).toEqual(rows);
  });
});
