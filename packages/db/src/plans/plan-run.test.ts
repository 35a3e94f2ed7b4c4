import { plannedStages, type StageName } from "@seedmask/core/contract";
import { cacheKeyOf, stageNamed } from "@seedmask/core/plan";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  backendReport,
  begin,
  demoConfig,
  makeResult,
  makeRun,
  recordDataset,
  sha256,
} from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { PreconditionError } from "../errors.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { leaveWorker, registerWorker } from "../workers/workers.ts";
import { planRun, requireFeasible } from "./plan-run.ts";

let test: TestDatabase;
const files = new Disk(new FSDriver({ location: tmpdir(), visibility: "private" }));
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const worker = (id: string, memoryBytes = 16 * 2 ** 30) =>
  registerWorker(test.db, {
    id,
    name: id,
    hostname: "here",
    pid: 1,
    versions: {},
    backend: backendReport,
    memoryBytes,
    diskFreeBytes: 2 ** 30,
    diskBytes: 2 ** 31,
    cpuModel: "test",
    cores: 2,
  });

/** Two stages computed as the worker does: with their keys, outputs and seconds. */
async function computeTwoStages(dataset: string, runId: string): Promise<void> {
  const config = demoConfig();
  const checkpoint = sha256(`checkpoint ${dataset}`);
  const outputs = [
    { "classifier-checkpoint": checkpoint },
    { "seed-scores": sha256(`scores ${dataset}`), seed: sha256(`seed ${dataset}`) },
  ];
  const inputs = [{}, outputs[0]!];
  const stages: StageName[] = ["train-classifier", "make-seeds"];
  for (const [at, name] of stages.entries()) {
    const { attempt } = await begin(test.db, runId, name);
    const question = { config, dataset, inputs: inputs[at]!, limit: null, weights: null };
    const cacheKey = cacheKeyOf({ stage: stageNamed(name), ...question });
    const result = makeResult(name, { cacheKey, outputs: outputs[at]!, seconds: 12 });
    await completeStage(test.db, { runId, attempt, result });
  }
}

describe("planRun", () => {
  it("knows nothing before anything was measured, and says so", async () => {
    const { hash: dataset } = await recordDataset(test.db);
    const plan = await planRun(test.db, { config: demoConfig(), dataset, files });
    expect(plan).toMatchObject({ seconds: 0, workers: 0, refusal: null });
    expect(plan.unmeasured).toEqual(plannedStages(demoConfig()));
  });

  it("finds the stages an equal run has computed, up to the first that differs", async () => {
    const dataset = await recordDataset(test.db);
    const { id } = await makeRun(test.db, { dataset });
    await computeTwoStages(dataset.hash, id);
    const reusedBy = async (config = demoConfig()) => {
      const plan = await planRun(test.db, { config, dataset: dataset.hash, files });
      return plan.stages.filter(({ reuse }) => reuse?.id === id).map(({ stage }) => stage);
    };
    expect(await reusedBy()).toEqual(["train-classifier", "make-seeds"]);
    const otherCrf = { ...demoConfig(), refinement: { kind: "none" as const } };
    expect(await reusedBy(otherCrf)).toEqual(["train-classifier", "make-seeds"]);
    const { seeds } = demoConfig();
    const otherScales = { ...demoConfig(), seeds: { ...seeds, scales: [1, 2] } as typeof seeds };
    expect(await reusedBy(otherScales)).toEqual(["train-classifier"]);
    expect(await reusedBy({ ...demoConfig(), seed: 77 })).toEqual([]);
  });

  it("foretells the time of like work from what it took on the machines that are here", async () => {
    await worker("w-time");
    const measured = await recordDataset(test.db, { images: 8 });
    const { id } = await makeRun(test.db, { dataset: measured });
    await computeTwoStages(measured.hash, id);
    const larger = await recordDataset(test.db, { images: 80 });
    const plan = await planRun(test.db, { config: demoConfig(), dataset: larger.hash, files });
    const [classifier, seeds, refine] = plan.stages;
    expect(classifier!.seconds).toBeCloseTo(120);
    expect(seeds).toMatchObject({ reuse: null, peakMemoryBytes: 1_000_000 });
    expect(seeds!.seconds).toBeCloseTo(120);
    expect(refine!.seconds).toBeNull();
    await leaveWorker(test.db, "w-time");
  });

  it("refuses what no worker has the memory for, and names stage and figures", async () => {
    const { hash: dataset } = await recordDataset(test.db);
    await worker("w-small", 2 ** 30);
    const config = demoConfig();
    config.segmenter.batchSize = 64;
    config.segmenter.cropSize = 512;
    const { refusal } = await planRun(test.db, { config, dataset, files });
    expect(refusal).toMatch(/Train segmenter needs about 23\.4 GiB, the worker has 1\.0 GiB/);
    const asked = requireFeasible(test.db, { config, dataset, files });
    await expect(asked).rejects.toBeInstanceOf(PreconditionError);
    await leaveWorker(test.db, "w-small");
  });

  it("refuses pretrained weights that are not here and says how to get them", async () => {
    const { hash: dataset } = await recordDataset(test.db);
    const config = demoConfig();
    config.backbone = {
      ...config.backbone,
      name: "mobilenet-v2",
      weights: "mobilenetv2_100_imagenet",
    };
    const missing = await planRun(test.db, { config, dataset, files });
    expect(missing.refusal).toContain("seedmask weights import");
    config.backbone.weights = "mobilenet";
    const unknown = await planRun(test.db, { config, dataset, files });
    expect(unknown.refusal).toContain("there are mobilenetv2_100_imagenet");
  });
});
