import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ArtifactsByKind,
  plannedStages,
  type StageName,
  type StageRequest,
} from "@seedmask/core/contract";
import { importDataset, makeSyntheticDataset } from "@seedmask/core/pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killChildren, runInChild } from "./stage-in-child.ts";
import { tinyConfig } from "./tiny-config.ts";

const config = tinyConfig();
const inputs: ArtifactsByKind = {};
let root: string;
let dataset: string;
/** One data home lives an undisturbed life; in the other every stage is killed once. */
let calm: string;
let harsh: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "seedmask-resume-"));
  [calm, harsh] = [join(root, "calm"), join(root, "harsh")];
  const scenes = join(root, "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 16, size: 64 });
  for (const home of [calm, harsh]) {
    const { manifest } = await importDataset(scenes, { home, name: "scenes" });
    dataset = manifest.hash;
  }
});
afterAll(async () => {
  killChildren();
  await rm(root, { recursive: true, force: true });
});

const request = (stage: StageName, attempt: number): StageRequest => ({
  runId: "resume",
  stage,
  attempt,
  config,
  dataset,
  inputs,
});

describe("runStage", () => {
  it.each(plannedStages(config))(
    "%s, killed on its way, ends with the same result",
    async (stage) => {
      const { result: undisturbed } = await runInChild(request(stage, 1), calm);
      const killed = await runInChild(request(stage, 1), harsh, { at: 2 });
      expect(killed.result).toBeNull();
      const { result: resumed, log } = await runInChild(request(stage, 2), harsh);
      expect(resumed).not.toBeNull();
      expect(resumed!.cached).toBe(false);
      expect(resumed!.outputs).toEqual(undisturbed!.outputs);
      expect(resumed!.metrics).toEqual(undisturbed!.metrics);
      expect(resumed!.evaluations).toEqual(undisturbed!.evaluations);
      if (stage.startsWith("train-")) {
        expect(log.some((line) => line.includes("goes on from step"))).toBe(true);
      }
      Object.assign(inputs, resumed!.outputs);
    },
  );

  it("takes over the result of an equal earlier run", async () => {
    const { result } = await runInChild(request("train-classifier", 3), calm);
    expect(result?.cached).toBe(true);
  });

  it("does not let an attempt go on that another has overtaken", async () => {
    const other = { ...config, seed: 99 };
    await runInChild({ ...request("train-classifier", 5), config: other }, harsh, { at: 2 });
    const zombie = runInChild({ ...request("train-classifier", 4), config: other }, harsh);
    await expect(zombie).rejects.toThrow(/another worker has taken the stage over/i);
  });
});
