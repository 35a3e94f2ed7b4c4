import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { maskPath, plannedStages, type RunConfig, runConfigSchema } from "@seedmask/core/contract";
import {
  createArtifactStore,
  datasetRoot,
  importDataset,
  makeSyntheticDataset,
  openDataset,
  predictImage,
  runPipeline,
  type StageEnvironment,
  writePrediction,
} from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { briefConfig } from "./tiny-config.ts";

let home: string;
let dataset: string;
let environment: StageEnvironment;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-methods-"));
  const scenes = join(home, "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 16, size: 64 });
  const { manifest } = await importDataset(scenes, { home, name: "scenes" });
  dataset = manifest.hash;
  environment = {
    home,
    backend: await activateBackend(),
    signal: new AbortController().signal,
    emit: () => undefined,
    threads: 1,
  };
});
afterAll(() => rm(home, { recursive: true, force: true }));

const run = (config: RunConfig) => runPipeline({ config, dataset, runId: "methods" }, environment);

/** OAA with its second network. */
function integralConfig(): RunConfig {
  const config = briefConfig("oaa-tiny");
  if (config.seeds.method !== "oaa") throw new Error("expected an OAA recipe");
  const { scaleJitter: _, frozenBackbone: __, ...optimisation } = config.classifier;
  const integralModel = { ...optimisation, initialise: "classifier" as const };
  return { ...config, seeds: { ...config.seeds, integralModel } };
}

describe("a chain of interchangeable links", () => {
  it.each([
    "oaa-tiny",
    "seam-tiny",
    "cam-affinity-tiny",
    "cam-irn-tiny",
    "oaa-affinity-tiny",
    "seam-affinity-tiny",
  ])("%s runs from image-level labels to figures", async (recipe) => {
    const config = briefConfig(recipe);
    const results = await run(config);
    expect(results.map(({ stage }) => stage)).toEqual(plannedStages(config));
    const final = results.at(-1)!;
    expect(final.metrics["mean-iou"]).toBeGreaterThanOrEqual(0);
    const masks = results.find(({ stage }) => stage === "make-pseudo-masks")!;
    for (const { policy, meanIou, images } of masks.evaluations) {
      expect(policy.imageLabelsUsed).toBe(true);
      expect(images).toBeGreaterThan(0);
      expect(meanIou).toBeGreaterThan(0);
    }
  });

  it.each(["oaa-tiny", "seam-tiny"])("%s looks at an image no dataset knows", async (recipe) => {
    const config = briefConfig(recipe);
    const inputs = Object.assign({}, ...(await run(config)).map(({ outputs }) => outputs));
    const scene = await openDataset(datasetRoot(home, dataset));
    const { classes } = scene.manifest;
    const [entry] = scene.split(config.evaluationSplit);
    const bytes = await readFile(join(scene.root, entry!.image));
    const store = createArtifactStore({ home });
    const request = { runId: "methods", config, classes, inputs, name: "scene.jpg" };
    const prediction = await predictImage(request, bytes, store);
    expect(prediction.original).toEqual({ width: entry!.width, height: entry!.height });
    expect(prediction.classes!.scores.every((score) => score > 0 && score < 1)).toBe(true);
    expect(prediction.classes!.maps.classes).toHaveLength(classes.length);
    expect(prediction.mask!.labels.data).toHaveLength(entry!.width * entry!.height);
    // The very mask that the stage predicted for this image.
    const predicted = await store.open(inputs.prediction);
    const png = await predicted.read(maskPath(entry!.key));
    const files = new Map<string, Uint8Array>();
    await writePrediction(prediction, "scene", async (path, file) => void files.set(path, file));
    expect(Buffer.from(files.get("scene.png")!).equals(Buffer.from(png))).toBe(true);
    const text = predictImage(request, new TextEncoder().encode("no image"), store);
    await expect(text).rejects.toThrow(/scene.jpg: expected an image/u);
    await expect(predictImage({ ...request, inputs: {} }, bytes, store)).rejects.toThrow(
      /expected a trained network/u,
    );
  });

  it("OAA+ takes its seeds from the integral model", async () => {
    const [trained, seeds] = await run(integralConfig());
    const [plain, accumulated] = await run(briefConfig("oaa-tiny"));
    expect(trained!.metrics["classifier-map"]).toBe(plain!.metrics["classifier-map"]);
    expect(seeds!.outputs["seed-scores"]).not.toBe(accumulated!.outputs["seed-scores"]);
  });

  it.each([
    ["v3+, whose decoder sees fine features", { head: "v3-plus", headChannels: 8 }],
    ["v2 on fused scales", { head: "aspp-sum", fusedScales: [0.5] }],
    [
      "AdamW in two parts a batch",
      { optimiser: { kind: "adamw", beta2: 0.999, epsilon: 1e-8 }, accumulationSteps: 2 },
    ],
  ] as const)("ends in %s", async (_, changes) => {
    const config = briefConfig("demo-tiny");
    const segmenter = { ...config.segmenter, ...changes };
    const results = await run(runConfigSchema.parse({ ...config, segmenter }));
    expect(results.at(-1)!.evaluations.length).toBeGreaterThan(0);
    // Two brief trainings may predict the very same masks: then only the evaluation is taken over.
    const trained = results.find(({ stage }) => stage === "train-segmenter");
    expect(trained!.cached).toBe(false);
  });

  it("walks again with other settings, and trains nothing anew", async () => {
    const config = briefConfig("cam-affinity-tiny");
    if (config.refinement.kind !== "affinity") throw new Error("expected AffinityNet");
    const walk = { ...config.refinement.walk, alpha: 8, logSteps: 2 };
    const results = await run({ ...config, refinement: { ...config.refinement, walk } });
    const cached = new Map(results.map((result) => [result.stage, result.cached]));
    expect(cached.get("train-affinity")).toBe(true);
    expect(cached.get("make-pseudo-masks")).toBe(false);
  });

  it("refuses accumulation and siamese training of a frozen backbone", async () => {
    for (const recipe of ["oaa-tiny", "seam-tiny"]) {
      const config = briefConfig(recipe);
      const frozen = { ...config, classifier: { ...config.classifier, frozenBackbone: true } };
      await expect(run(frozen)).rejects.toThrow(/frozen backbone/u);
    }
  });

  it("refuses a SEAM that warms up to its end", async () => {
    const config = briefConfig("seam-tiny");
    if (config.seeds.method !== "seam") throw new Error("expected SEAM");
    const seeds = { ...config.seeds, warmUpEpochs: config.classifier.epochs };
    await expect(run({ ...config, seeds })).rejects.toThrow(/warmUpEpochs/u);
  });

  it("refuses an affinity crop that is smaller than the radius", async () => {
    const config = briefConfig("cam-affinity-tiny");
    if (config.refinement.kind !== "affinity") throw new Error("expected AffinityNet");
    const training = { ...config.refinement.training, cropSize: 16 };
    const small = { ...config, refinement: { ...config.refinement, training } };
    await expect(run(small)).rejects.toThrow(/cropSize/u);
  });
});
