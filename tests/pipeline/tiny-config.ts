import { RECIPES, type RunConfig, runConfigSchema } from "@seedmask/core/contract";

/** The demo recipe with so little training that a whole run takes seconds. */
export function tinyConfig(): RunConfig {
  const { config } = RECIPES.find(({ name }) => name === "demo-tiny")!;
  const brief = { epochs: 3, batchSize: 4, cropSize: 64 };
  return runConfigSchema.parse({
    ...config,
    classifier: { ...config.classifier, ...brief },
    segmenter: { ...config.segmenter, ...brief },
    seeds: { ...config.seeds, imageSize: 64, scales: [1] },
    prediction: { ...config.prediction, imageSize: 64 },
  });
}
