import { describe, expect, it } from "vitest";
import { OPTIMISATION_DEFAULTS, RECIPES, type RunConfig } from "../contract/index.ts";
import { cacheKeyOf } from "./cache-key.ts";
import { stageNamed } from "./stages.ts";

const { config } = RECIPES.find(({ name }) => name === "cam-affinity-tiny")!;
const keyOf = (changed: RunConfig): string =>
  cacheKeyOf({
    stage: stageNamed("train-classifier"),
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
  it("names it anew where the field says something else", () => {
    const classifier = { ...config.classifier, polyEvery: 10 };
    expect(keyOf({ ...config, classifier })).not.toBe(keyOf(config));
  });
});
