import {
  type ArtifactsByKind,
  plannedStages,
  type RunConfig,
  type StageName,
  type StageRequest,
} from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Death, runInChild } from "./stage-in-child.ts";
import { briefConfig } from "./tiny-config.ts";
import { type TwoHomes, twoHomes } from "./two-homes.ts";

let homes: TwoHomes;

beforeAll(async () => {
  homes = await twoHomes();
});
afterAll(() => homes.remove());

/** 12 training images in batches of 4 for 3 epochs: 9 steps, and 9 more of the integral model. */
function oaaPlus(): RunConfig {
  const config = briefConfig("oaa-tiny");
  if (config.seeds.method !== "oaa") throw new Error("expected an OAA recipe");
  const { scaleJitter: _, frozenBackbone: __, ...optimisation } = config.classifier;
  const integralModel = { ...optimisation, initialise: "classifier" as const };
  return { ...config, seeds: { ...config.seeds, integralModel } };
}

const CASES: readonly (readonly [string, () => RunConfig, StageName, readonly Death[]])[] = [
  ["OAA, in both of its trainings", oaaPlus, "train-classifier", [5, 13].map((at) => ({ at }))],
  ["SEAM", () => briefConfig("seam-tiny"), "train-classifier", [{ at: 4 }]],
  [
    "AffinityNet, in its labels and in its training",
    () => briefConfig("cam-affinity-tiny"),
    "train-affinity",
    [
      { at: 2, unit: "image" },
      { at: 4, unit: "step" },
    ],
  ],
  [
    "IRNet, in its labels and in its training",
    () => briefConfig("cam-irn-tiny"),
    "train-affinity",
    [
      { at: 2, unit: "image" },
      { at: 4, unit: "step" },
    ],
  ],
];

describe("a stage killed on its way", () => {
  it.each(CASES)("ends with the same bytes: %s", async (_name, configOf, target, deaths) => {
    const config = configOf();
    const inputs: ArtifactsByKind = {};
    const request = (stage: StageName, attempt: number): StageRequest => ({
      runId: "resume",
      stage,
      attempt,
      config,
      dataset: homes.dataset,
      inputs,
    });
    const stages = plannedStages(config);
    for (const stage of stages.slice(0, stages.indexOf(target))) {
      for (const home of [homes.calm, homes.harsh]) {
        const { result } = await runInChild(request(stage, 1), home);
        Object.assign(inputs, result!.outputs);
      }
    }
    const { result: undisturbed } = await runInChild(request(target, 1), homes.calm);
    for (const [attempt, death] of deaths.entries()) {
      const killed = await runInChild(request(target, attempt + 1), homes.harsh, death);
      expect(killed.result).toBeNull();
    }
    const { result: resumed, log } = await runInChild(
      request(target, deaths.length + 1),
      homes.harsh,
    );
    expect(resumed!.cached).toBe(false);
    expect(resumed!.outputs).toEqual(undisturbed!.outputs);
    expect(resumed!.metrics).toEqual(undisturbed!.metrics);
    expect(log.some((line) => line.includes("goes on from step"))).toBe(true);
  });
});
