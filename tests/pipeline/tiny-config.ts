import { RECIPES, type RunConfig, runConfigSchema } from "@seedmask/core/contract";

/** The demo recipe, made brief. */
export const tinyConfig = (): RunConfig => briefConfig("demo-tiny");

/** A recipe on `tiny` with so little training that each stage takes a second or two. */
export function briefConfig(recipe: string): RunConfig {
  const { config } = RECIPES.find(({ name }) => name === recipe)!;
  const brief = { epochs: 3, batchSize: 4, cropSize: 64 };
  return runConfigSchema.parse({
    ...config,
    classifier: { ...config.classifier, ...brief },
    segmenter: { ...config.segmenter, ...brief },
    seeds: {
      ...config.seeds,
      imageSize: 64,
      scales: [1],
      ...(config.seeds.method === "seam" ? { warmUpEpochs: 1 } : {}),
    },
    refinement:
      "training" in config.refinement
        ? { ...config.refinement, training: { ...config.refinement.training, ...brief } }
        : config.refinement,
    prediction: { ...config.prediction, imageSize: 64 },
  });
}
