import { describe, expect, it } from "vitest";
import { OPTIMISATION_DEFAULTS } from "./config-fields.ts";
import { RECIPES } from "./recipes.ts";
import { runConfigSchema } from "./run-config.ts";

it("parses every shipped recipe and finds each name once", () => {
  expect(new Set(RECIPES.map(({ name }) => name)).size).toBe(RECIPES.length);
});

describe("runConfigSchema", () => {
  it("reads a config that is older than some fields as what was done then", () => {
    const { config } = RECIPES[0]!;
    const later = new Set(Object.keys(OPTIMISATION_DEFAULTS));
    const classifier = Object.fromEntries(
      Object.entries(config.classifier).filter(([name]) => !later.has(name)),
    );
    const { loss: _, ...segmenter } = config.segmenter;
    const read = runConfigSchema.parse({ ...config, classifier, segmenter });
    expect(read.classifier).toMatchObject(OPTIMISATION_DEFAULTS);
    expect(read.segmenter.loss).toBe("cross-entropy");
  });
});
