import {
  type ArtifactsByKind,
  plannedStages,
  type StageName,
  type StageRequest,
} from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInChild } from "./stage-in-child.ts";
import { tinyConfig } from "./tiny-config.ts";
import { type TwoHomes, twoHomes } from "./two-homes.ts";

const config = tinyConfig();
const inputs: ArtifactsByKind = {};
let homes: TwoHomes;

beforeAll(async () => {
  homes = await twoHomes();
});
afterAll(() => homes.remove());

const request = (stage: StageName, attempt: number): StageRequest => ({
  runId: "resume",
  stage,
  attempt,
  config,
  dataset: homes.dataset,
  inputs,
});

describe("runStage", () => {
  it.each(plannedStages(config))(
    "%s, killed on its way, ends with the same result",
    async (stage) => {
      const { result: undisturbed } = await runInChild(request(stage, 1), homes.calm);
      const killed = await runInChild(request(stage, 1), homes.harsh, { at: 2 });
      expect(killed.result).toBeNull();
      const { result: resumed, log } = await runInChild(request(stage, 2), homes.harsh);
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
    const { result } = await runInChild(request("train-classifier", 3), homes.calm);
    expect(result?.cached).toBe(true);
  });

  it("does not let an attempt go on that another has overtaken", async () => {
    const other = { ...config, seed: 99 };
    await runInChild({ ...request("train-classifier", 5), config: other }, homes.harsh, { at: 2 });
    const zombie = runInChild({ ...request("train-classifier", 4), config: other }, homes.harsh);
    await expect(zombie).rejects.toThrow(/another worker has taken the stage over/i);
  });
});
