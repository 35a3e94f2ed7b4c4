import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plannedStages, RECIPES, type RunConfig, runConfigSchema } from "@seedmask/core/contract";
import {
  importDataset,
  makeSyntheticDataset,
  runPipeline,
  type StageEnvironment,
} from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * Two steps of every training stage of the presets for GPUs, at full width on random weights and small
 * crops, so that a GPU machine meets no untried path. Needs some 8 GB and minutes: `vitest run --project smoke`.
 */
const SIDE = 64;
/** So low that random weights stay random: what is tried here is the path, not the learning. */
const TWO_STEPS = { epochs: 1, batchSize: 2, cropSize: SIDE, learningRate: 1e-9 };

const PRESETS = RECIPES.filter(({ config }) =>
  ["resnet-50", "resnet-101", "wide-resnet-38", "vgg-16", "vgg-16-oaa"].includes(
    config.backbone.name,
  ),
);

function shortened({ seeds, refinement, ...config }: RunConfig): RunConfig {
  const integral =
    seeds.method === "oaa" && seeds.integralModel !== null
      ? { integralModel: { ...seeds.integralModel, ...TWO_STEPS } }
      : {};
  // IRNet's pairs reach 9 values of 4 pixels to either side.
  const cropSize = refinement.kind === "irn" ? 80 : SIDE;
  const training =
    "training" in refinement
      ? { training: { ...refinement.training, ...TWO_STEPS, cropSize } }
      : {};
  return runConfigSchema.parse({
    ...config,
    trainSplit: "train",
    backbone: { ...config.backbone, weights: null },
    classifier: { ...config.classifier, ...TWO_STEPS },
    seeds: { ...seeds, ...integral, imageSize: SIDE, scales: [1], flip: false },
    refinement: { ...refinement, ...training },
    segmenter: { ...config.segmenter, ...TWO_STEPS },
    prediction: { ...config.prediction, imageSize: SIDE, scales: [1], flip: false },
  });
}

let home: string;
let dataset: string;
let environment: StageEnvironment;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-smoke-"));
  const scenes = join(home, "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 5, size: SIDE, validationShare: 0.2 });
  const { manifest } = await importDataset(scenes, { home, name: "scenes" });
  dataset = manifest.hash;
  environment = {
    home,
    backend: await activateBackend(),
    signal: new AbortController().signal,
    emit: () => undefined,
    threads: 1,
    checkpointSeconds: 3600,
  };
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe("presets for GPUs", () => {
  it.each(PRESETS.map(({ name, config }) => [name, config] as const))(
    "%s takes two steps in every stage",
    async (name, preset) => {
      const config = shortened(preset);
      const results = await runPipeline({ config, dataset, runId: name }, environment);
      expect(results.map(({ stage }) => stage)).toEqual(plannedStages(config));
      expect(results.at(-1)!.evaluations.length).toBeGreaterThan(0);
    },
  );
});
