import { describe, expect, it } from "vitest";
import { type MaskStage, RECIPES, type RunConfig } from "../contract/index.ts";
import { NO_THRESHOLD, policyOf } from "./policy.ts";

const recipe = (name: string): RunConfig => RECIPES.find((one) => one.name === name)!.config;
const crfOf = (config: RunConfig, stage: MaskStage): boolean =>
  policyOf({
    config,
    dataset: { manifest: { hash: "dataset", labelSource: "masks" } },
    split: "val",
    stage,
    threshold: NO_THRESHOLD,
  }).crf;

/** The recipe's own walk, with and without the CRF of its last step. */
function walked(name: string, crf: boolean): RunConfig {
  const config = recipe(name);
  const { refinement } = config;
  if (refinement.kind !== "affinity" && refinement.kind !== "irn") throw new Error(name);
  const walk = { ...refinement.walk, crf: crf ? refinement.crf : null };
  return { ...config, refinement: { ...refinement, walk } as RunConfig["refinement"] };
}

describe("policyOf", () => {
  it.each(["cam-affinity-tiny", "cam-irn-tiny"])(
    "says whether a CRF followed the walk of %s",
    (name) => {
      expect(crfOf(walked(name, true), "make-pseudo-masks")).toBe(true);
      expect(crfOf(walked(name, false), "make-pseudo-masks")).toBe(false);
      expect(crfOf(walked(name, true), "make-seeds")).toBe(false);
    },
  );

  it("says of each stage of CAM with a CRF whether one came before it", () => {
    const config = recipe("demo-tiny");
    expect(crfOf(config, "make-seeds")).toBe(false);
    expect(crfOf(config, "refine-seeds")).toBe(true);
    expect(crfOf(config, "make-pseudo-masks")).toBe(true);
    expect(crfOf(config, "predict")).toBe(config.prediction.crf !== null);
  });
});
