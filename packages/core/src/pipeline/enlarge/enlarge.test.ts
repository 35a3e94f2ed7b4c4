import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maskPath, RECIPES, type RunConfig } from "../../contract/index.ts";
import { type Dataset, datasetRoot, openDataset } from "../../data/dataset.ts";
import { importDataset } from "../../data/import-dataset.ts";
import { decodeLabels } from "../../data/label-file.ts";
import { makeSyntheticDataset } from "../../data/synthetic/make-synthetic-dataset.ts";
import { createRandom } from "../../tensor/random.ts";
import { createArtifactStore } from "../artifact-store.ts";
import { enlargeDataset } from "./enlarge-dataset.ts";
import { spoilLabels } from "./spoil-labels.ts";
import { spoilMasks } from "./spoil-masks.ts";

let home: string;
let source: Dataset;
const config: RunConfig = { ...RECIPES[0]!.config, evaluationSplit: "train" };

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-enlarge-"));
  const scenes = join(home, "work", "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 4, size: 48 });
  const { manifest } = await importDataset(scenes, { home });
  source = await openDataset(datasetRoot(home, manifest.hash));
});
afterAll(() => rm(home, { recursive: true }));

describe("enlargeDataset", () => {
  it("gives every image a name of its own and links its files", async () => {
    const { dataset, report } = await enlargeDataset({ home, source, name: "many", copies: 3 });
    const { images } = dataset.manifest;
    expect(new Set(images.map(({ key }) => key)).size).toBe(12);
    expect(report.splits).toEqual({ train: 12 });
    expect(images[5]!.labels).toEqual(source.manifest.images[1]!.labels);
    expect(await dataset.image(images[5]!)).toEqual(await source.image(source.manifest.images[1]!));
    expect((await stat(join(dataset.root, images[5]!.image))).nlink).toBeGreaterThan(1);
  });
});

describe("spoilMasks", () => {
  it("writes a mask for every image and scores each of them", async () => {
    const { dataset } = await enlargeDataset({ home, source, name: "many", copies: 3 });
    const store = createArtifactStore({ home });
    const { artifact, evaluation } = await spoilMasks({
      home,
      store,
      dataset,
      source,
      config,
      stage: "predict",
      seed: 1,
      spoiling: { block: 4, reach: 2, missed: 0.1 },
    });
    const { images } = dataset.manifest;
    expect(evaluation.images).toBe(12);
    expect(evaluation.perImage.map(({ imageKey }) => imageKey)).toEqual(
      images.map(({ key }) => key),
    );
    expect(evaluation.meanIou).toBeGreaterThan(0.3);
    expect(evaluation.meanIou).toBeLessThan(1);
    expect(evaluation.classes).toHaveLength(evaluation.confusion.labels);
    expect(evaluation.noise.scored).toBe(12 * 48 * 48);
    const path = join(home, "artifacts", artifact, maskPath(images[11]!.key));
    expect(decodeLabels(await readFile(path), path).width).toBe(48);
  });
});

describe("spoilLabels", () => {
  const truth = { height: 2, width: 2, data: new Uint8Array([0, 1, 255, 2]) };
  it("leaves a mask as it is, but for ignored pixels, when nothing is spoilt", () => {
    const random = createRandom(1);
    const same = spoilLabels(truth, random, { block: 1, reach: 0, missed: 0 });
    expect([...same.data]).toEqual([0, 1, 0, 2]);
  });
  it("is background where every block is missed", () => {
    const none = spoilLabels(truth, createRandom(1), { block: 8, reach: 3, missed: 1 });
    expect([...none.data]).toEqual([0, 0, 0, 0]);
  });
});
