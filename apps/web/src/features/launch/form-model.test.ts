import { RECIPES, runConfigSchema } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { type FieldNode, fieldsOf, startValue } from "./form-model.ts";

const config = RECIPES[0]!.config;
const all = (nodes: readonly FieldNode[]): FieldNode[] =>
  nodes.flatMap((node) => ["fields" in node ? all(node.fields) : [], node].flat());
const at = (path: string, value: unknown = config): FieldNode | undefined =>
  all(fieldsOf(runConfigSchema, value)).find((node) => node.path.join(".") === path);

describe("fieldsOf", () => {
  it("has a control for every leaf of every recipe but the schema version", () => {
    for (const recipe of RECIPES) {
      const leaves = all(fieldsOf(runConfigSchema, recipe.config)).map(({ path }) =>
        path.join("."),
      );
      expect(leaves).toContain("classifier.learningRate");
      expect(leaves).not.toContain("schemaVersion");
    }
  });
  it("reads range, unit and title of a number", () => {
    expect(at("classifier.epochs")).toMatchObject({
      kind: "number",
      min: 1,
      max: 1000,
      integer: true,
    });
    expect(at("classifier.epochs")?.meta.title).toBe("Epochs");
  });
  it("offers the options of a choice between literals as numbers", () => {
    expect(at("backbone.outputStride")).toMatchObject({
      kind: "choice",
      choices: [{ value: 8 }, { value: 16 }],
    });
  });
  it("shows the fields of the chosen variant only", () => {
    expect(at("refinement.crf.iterations")).toBeDefined();
    const without = { ...config, refinement: { kind: "none" } };
    expect(at("refinement.crf.iterations", without)).toBeUndefined();
    expect(at("refinement.kind", without)).toMatchObject({ kind: "choice" });
  });
  it("shows every refinement's own fields, from the schema alone", () => {
    const irn = RECIPES.find(({ name }) => name === "irn-r50")!.config;
    expect(at("refinement.training.radius", irn)).toMatchObject({ kind: "number", min: 2 });
    expect(at("refinement.training.radius", irn)?.meta.source).toContain("irn");
    expect(at("refinement.strictThreshold", irn)).toMatchObject({
      kind: "number",
      nullable: true,
      min: 0,
      max: 1,
    });
    expect(at("refinement.walk.threshold", irn)?.meta.title).toBe("Background");
  });
  it("shows a field whose default reads older configs as the field it is", () => {
    expect(at("segmenter.accumulationSteps")).toMatchObject({ kind: "number", min: 1 });
    expect(at("segmenter.optimiser.nesterov")).toMatchObject({ kind: "boolean" });
    expect(at("segmenter.learningRateDrop")).toMatchObject({ kind: "optional", fields: [] });
    expect(at("segmenter.optimiser")?.meta.title).toBe("Optimiser");
  });
  it("hides what a switched-off part would have", () => {
    const off = { ...config, prediction: { ...config.prediction, crf: null } };
    expect(at("prediction.crf", off)).toMatchObject({ kind: "optional", fields: [] });
  });
});

describe("startValue", () => {
  it("keeps a known value that fits", () => {
    expect(startValue(runConfigSchema, config)).toBe(config);
  });
  it("makes a valid variant out of another one's fields", () => {
    const node = at("seeds.background.rule");
    if (node?.kind !== "choice" || !node.variants) throw new Error("expected variants");
    const power = node.variants.get("power")!;
    expect(power.parse(startValue(power, config.seeds.background))).toMatchObject({
      rule: "power",
    });
  });
});
