import { RECIPES, type RunConfig } from "@seedmask/core/contract";

export function demoConfig(): RunConfig {
  const recipe = RECIPES.find(({ name }) => name === "demo-tiny");
  if (recipe === undefined) throw new Error("tests: recipe demo-tiny is gone.");
  return recipe.config;
}

/** The demo recipe with the least work in each stage: its masks are poor, its paths are all taken. */
export function tinyConfig(): RunConfig {
  const config = demoConfig();
  return {
    ...config,
    classifier: { ...config.classifier, epochs: 1, batchSize: 8, cropSize: 64 },
    segmenter: { ...config.segmenter, epochs: 1, batchSize: 8, cropSize: 64 },
  };
}
