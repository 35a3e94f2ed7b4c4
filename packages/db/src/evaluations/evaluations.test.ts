import { policyKey } from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  begin,
  demoConfig,
  makeEvaluation,
  makeResult,
  recordDataset,
} from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { createRun } from "../runs/create-run.ts";
import { listRuns } from "../runs/list-runs.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { compareImages, getImageResults } from "./image-results.ts";
import { leaderboard, listPolicies } from "./leaderboard.ts";
import { getEvaluation, listEvaluations } from "./list-evaluations.ts";
import { listGallery } from "./list-gallery.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** One run whose first stage brought the given evaluations. */
async function evaluatedRuns(
  dataset: Awaited<ReturnType<typeof recordDataset>>,
  meanIous: number[],
  artifact?: string,
): Promise<string[]> {
  const runs = await createRun(test.db, {
    actor: SYSTEM_ACTOR,
    config: demoConfig(),
    dataset: dataset.hash,
    codeVersion: "test",
    repeats: meanIous.length,
  });
  for (const [at, { id: runId }] of runs.entries()) {
    const { attempt } = await begin(test.db, runId, "train-classifier");
    const options = { meanIou: meanIous[at]!, ...(artifact === undefined ? {} : { artifact }) };
    const evaluation = makeEvaluation(dataset, options);
    const result = makeResult("train-classifier", {
      evaluations: [evaluation],
      outputs: { prediction: evaluation.artifact },
    });
    await completeStage(test.db, { runId, attempt, result });
  }
  return runs.map(({ id }) => id);
}

describe("leaderboard", () => {
  it("ranks groups by their mean, with the deviation over seeds", async () => {
    const dataset = await recordDataset(test.db);
    await evaluatedRuns(dataset, [0.5, 0.7]);
    await evaluatedRuns(dataset, [0.65]);
    const [policy] = await listPolicies(test.db, { dataset: dataset.hash });
    expect(policy).toMatchObject({ runs: 3 });
    const rows = await leaderboard(test.db, { policyKey: policy!.policyKey });
    expect(rows.map(({ n }) => n)).toEqual([1, 2]);
    expect(rows[0]).toMatchObject({ mean: 0.65, std: null });
    expect(rows[1]!.mean).toBeCloseTo(0.6, 10);
    expect(rows[1]!.std).toBeCloseTo(Math.SQRT2 / 10, 10);
    expect(rows[1]!.members.map(({ meanIou }) => meanIou)).toEqual([0.5, 0.7]);
    const label1 = rows[1]!.classes.find(({ label }) => label === 1);
    expect(label1?.mean).toBeCloseTo(0.2, 10);
    expect(rows[1]!.classes.some(({ label }) => label === 2)).toBe(false);
  });
});

describe("evaluations of equal content", () => {
  it("are one row that several runs share", async () => {
    const dataset = await recordDataset(test.db);
    const artifact = "a".repeat(64);
    const [first] = await evaluatedRuns(dataset, [0.5], artifact);
    const [second] = await evaluatedRuns(dataset, [0.5], artifact);
    const [a, b] = [
      await listEvaluations(test.db, first!),
      await listEvaluations(test.db, second!),
    ];
    expect(a[0]!.id).toBe(b[0]!.id);
    expect(a[0]!.policyKey).toBe(policyKey(a[0]!.policy));
  });
});

describe("getEvaluation", () => {
  it("finds by id and by run and stage", async () => {
    const dataset = await recordDataset(test.db);
    const [runId] = await evaluatedRuns(dataset, [0.5]);
    const byRun = await getEvaluation(test.db, { runId: runId!, stage: "predict" });
    expect(byRun).toEqual(await getEvaluation(test.db, { id: byRun.id }));
    expect(byRun.confusion.matrix).toHaveLength(16);
    expect(byRun.classNames).toEqual(["circle", "square", "star"]);
    expect(byRun.classes[2]).toEqual({ label: 2, iou: null, precision: null, recall: null });
    const { rows } = await listRuns(test.db, {
      filter: { search: runId! },
      columns: ["classIous"],
    });
    expect(rows[0]?.classIous).toEqual([1, 0, null]);
  });
});

describe("listGallery", () => {
  it("pages through all tiles of several evaluations in order", async () => {
    const dataset = await recordDataset(test.db, { images: 40 });
    const runs = await evaluatedRuns(dataset, [0.5, 0.7]);
    const evaluationIds: number[] = [];
    for (const run of runs) evaluationIds.push((await listEvaluations(test.db, run))[0]!.id);
    for (const direction of ["asc", "desc"] as const) {
      const seen: string[] = [];
      const ious: number[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await listGallery(test.db, {
          evaluationIds,
          sort: { by: "iou", direction },
          limit: 3,
          withTotal: true,
          ...(cursor === undefined ? {} : { cursor }),
        });
        expect(page.total).toBe(20);
        seen.push(...page.rows.map((tile) => `${tile.evaluationId} ${tile.imageKey}`));
        ious.push(...page.rows.map(({ iou }) => iou));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(new Set(seen).size).toBe(20);
      expect(seen).toHaveLength(20);
      const sorted = ious.toSorted((a, b) => (direction === "asc" ? a - b : b - a));
      expect(ious).toEqual(sorted);
    }
  });

  it("sorts by one label and keeps to a range and a split", async () => {
    const dataset = await recordDataset(test.db, { images: 40 });
    const [runId] = await evaluatedRuns(dataset, [0.5]);
    const [{ id } = { id: 0 }] = await listEvaluations(test.db, runId!);
    const input = { evaluationIds: [id], label: 1, minIou: 0.2, maxIou: 0.8, withTotal: true };
    const page = await listGallery(test.db, input);
    expect(page.rows.length).toBe(page.total);
    expect(page.rows.every(({ iou }) => iou >= 0.2 && iou <= 0.8)).toBe(true);
    expect(page.rows[0]).toMatchObject({ stage: "predict", split: "val", width: 96, height: 64 });
    expect((await listGallery(test.db, { ...input, split: "train" })).rows).toEqual([]);
    expect((await listGallery(test.db, { ...input, label: 3 })).rows).toEqual([]);
    const byId = await listGallery(test.db, { ...input, sort: { by: "id", direction: "asc" } });
    const indices = byId.rows.map(({ idx }) => idx);
    expect(indices).toEqual(indices.toSorted((a, b) => a - b));
    const labels = async (filter: { has?: number; lacks?: number }) => {
      const found = await listGallery(test.db, { evaluationIds: [id], withTotal: true, ...filter });
      expect(found.rows).toHaveLength(found.total!);
      return found.rows.map((tile) => tile.labels);
    };
    expect(await labels({ has: 0 })).toEqual([[0], [0], [0], [0]]);
    expect((await labels({ lacks: 0 })).flat()).not.toContain(0);
    expect(await labels({ has: 0, lacks: 0 })).toEqual([]);
  });
});

describe("getImageResults and compareImages", () => {
  it("show one image over runs, and what changed between two", async () => {
    const dataset = await recordDataset(test.db, { images: 40 });
    const runIds = await evaluatedRuns(dataset, [0.5, 0.7]);
    const imageKey = dataset.images[7]!.key;
    const results = await getImageResults(test.db, { runIds, dataset: dataset.hash, imageKey });
    expect(results.map(({ runId }) => runId).toSorted()).toEqual(runIds.toSorted());
    expect(results[0]!.classes.map(({ label }) => label)).toEqual([0, 1]);
    expect(results[0]!.classes[1]).toMatchObject({ truePositives: 37, falseNegatives: 63 });
    const [left, right] = results.map(({ evaluationId }) => evaluationId);
    await test.db.pool.query(
      "update image_iou set iou = 0 where evaluation_id = $1 and image_id in (select id from image where key = $2)",
      [right, imageKey],
    );
    const input = { left: left!, right: right!, limit: 4 };
    const lost = await compareImages(test.db, { ...input, first: "lost" });
    expect(lost.rows[0]).toMatchObject({ imageKey, right: 0 });
    const next = await compareImages(test.db, { ...input, first: "lost", cursor: lost.next! });
    expect(
      next.rows.some((row) => lost.rows.some((other) => other.imageKey === row.imageKey)),
    ).toBe(false);
    const gained = await compareImages(test.db, { ...input, first: "gained", limit: 100 });
    expect(gained.rows.at(-1)).toMatchObject({ imageKey });
  });
});
