import { describe, expect, it } from "vitest";
import {
  OPTIMISATION_DEFAULTS,
  RECIPES,
  type RunConfig,
  type StageName,
} from "../contract/index.ts";
import { cacheKeyOf } from "./cache-key.ts";
import { stageNamed } from "./stages.ts";

const { config } = RECIPES.find(({ name }) => name === "cam-affinity-tiny")!;
const keyOf = (changed: RunConfig, stage: StageName = "train-classifier"): string =>
  cacheKeyOf({
    stage: stageNamed(stage),
    config: changed,
    dataset: "dataset",
    inputs: {},
    limit: null,
    weights: null,
  });

describe("cacheKeyOf", () => {
  it("names a result the same before and after a setting became a field", () => {
    const later = new Set(Object.keys(OPTIMISATION_DEFAULTS));
    const older = Object.fromEntries(
      Object.entries(config.classifier).filter(([name]) => !later.has(name)),
    ) as RunConfig["classifier"];
    expect(keyOf({ ...config, classifier: older })).toBe(keyOf(config));
  });
  it("names AffinityNet the same before and after its grid became a field", () => {
    const { refinement } = RECIPES.find(({ name }) => name === "psa-wr38")!.config;
    if (refinement.kind !== "affinity") throw new Error("expected AffinityNet");
    const { finestTap, ...older } = refinement;
    expect(finestTap).toBe("conv4");
    const named = (changed: unknown) =>
      keyOf({ ...config, refinement: changed as RunConfig["refinement"] }, "train-affinity");
    expect(named(older)).toBe(named(refinement));
    expect(named({ ...refinement, finestTap: "conv3" })).not.toBe(named(refinement));
  });
  it("names it anew where the field says something else", () => {
    const classifier = { ...config.classifier, polyEvery: 10 };
    expect(keyOf({ ...config, classifier })).not.toBe(keyOf(config));
  });
});
