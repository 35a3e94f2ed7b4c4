import type { DatasetManifest } from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  begin,
  makeDoubt,
  makeEvaluation,
  makeResult,
  makeRun,
  recordDataset,
} from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { listEvidence } from "../evaluations/evaluation-evidence.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { coOccurrence, partnerEffect } from "./co-occurrence.ts";
import { listDiagnostics } from "./list-diagnostics.ts";
import { listReview, type ReviewSource } from "./review-queue.ts";

let test: TestDatabase;
let dataset: DatasetManifest;
beforeAll(async () => {
  test = await createTestDatabase();
  dataset = await recordDataset(test.db, { images: 40 });
});
afterAll(() => test.drop());

async function finishedRun(artifact: string): Promise<string> {
  const { id: runId } = await makeRun(test.db, { dataset });
  const { attempt } = await begin(test.db, runId, "train-classifier");
  const evaluations = [makeEvaluation(dataset, { artifact })];
  const outputs = { prediction: artifact };
  const diagnostics = [makeDoubt(dataset)];
  const result = makeResult("train-classifier", { evaluations, outputs, diagnostics });
  await completeStage(test.db, { runId, attempt, result });
  return runId;
}

const [artifact, other] = ["a".repeat(64), "b".repeat(64)];

describe("listEvidence", () => {
  it("gives back the counts an evaluation was recorded with", async () => {
    const runId = await finishedRun(artifact);
    const [evidence] = await listEvidence(test.db, runId);
    const recorded = makeEvaluation(dataset);
    expect(evidence).toMatchObject({
      stage: "predict",
      split: "val",
      noise: recorded.noise,
      change: recorded.change,
      leakage: null,
    });
  });
});

describe("listDiagnostics", () => {
  it("gives one kind, without its images, once for runs that share a result", async () => {
    const runs = [await finishedRun(artifact), await finishedRun(artifact)];
    const found = await Promise.all(
      runs.map((runId) => listDiagnostics(test.db, { runId, kind: "mask-doubt" })),
    );
    const { perImage: _, ...data } = makeDoubt(dataset);
    expect(found[0]).toEqual([{ id: found[1]![0]!.id, ...data }]);
    expect(await listDiagnostics(test.db, { runId: runs[0]!, kind: "classifier-health" })).toEqual(
      [],
    );
  });
});

describe("listReview", () => {
  async function walk(source: ReviewSource) {
    const values: number[] = [];
    const keys: string[] = [];
    let total = 0;
    for (let cursor: string | undefined; ;) {
      const page = await listReview(test.db, {
        source,
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      });
      values.push(...page.rows.map(({ value }) => value));
      keys.push(...page.rows.map(({ imageKey }) => imageKey));
      total = page.total!;
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(new Set(keys).size).toBe(total);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    return { values, keys, total };
  }

  it("ranks images by all errors, or by one cause and only where it occurs", async () => {
    const [{ id } = { id: 0 }] = await listEvidence(test.db, await finishedRun(other));
    const all = await walk({ by: "error", evaluationId: id, cause: null });
    expect(all.total).toBe(10);
    expect(all.values[0]).toBeCloseTo((6 + 6 + 1) / 200, 6);
    const spilled = await walk({ by: "error", evaluationId: id, cause: "spill-over" });
    expect(spilled.total).toBe(9);
    expect((await walk({ by: "error", evaluationId: id, cause: "missed-object" })).total).toBe(0);
  });

  it("ranks images by disagreement, and has none where nothing was measured", async () => {
    const runId = await finishedRun(artifact);
    const [{ id } = { id: 0 }] = await listDiagnostics(test.db, { runId, kind: "mask-doubt" });
    const doubts = await walk({ by: "disagreement", diagnosticId: id });
    expect(doubts.total).toBe(10);
    expect(doubts.keys[0]).toBe(makeDoubt(dataset).perImage.at(-1)!.imageKey);
    expect((await walk({ by: "entropy", diagnosticId: id })).total).toBe(0);
  });
});

describe("coOccurrence and partnerEffect", () => {
  it("count images of a split with each pair of labels", async () => {
    const found = await coOccurrence(test.db, { dataset: dataset.hash, split: "val" });
    expect(found.images).toBe(10);
    expect(found.counts).toEqual([4, 0, 0, 0, 3, 0, 0, 0, 3]);
    const none = await coOccurrence(test.db, { dataset: dataset.hash, split: "nowhere" });
    expect(none).toEqual({ images: 0, counts: [0, 0, 0, 0, 0, 0, 0, 0, 0] });
  });

  it("tell a class with its partner from the class alone", async () => {
    const [{ id } = { id: 0 }] = await listEvidence(test.db, await finishedRun(artifact));
    const input = { evaluationId: id, classIndex: 0 };
    const own = await partnerEffect(test.db, { ...input, partner: 0 });
    expect(own.together.images).toBe(4);
    expect(own.together.precision).toBe(1);
    expect(own.alone).toEqual({ images: 0, iou: null, precision: null, recall: null });
    const apart = await partnerEffect(test.db, { ...input, partner: 1 });
    expect(apart.together.images).toBe(0);
    expect(apart.alone.iou).toBe(own.together.iou);
  });
});
