import { beforeAll, describe, expect, it } from "vitest";
import { makeFolderUntilEnd } from "../../test/make-folder.ts";
import { halfMask, tinyPng } from "../../test/tiny-images.ts";
import type { DatasetImage } from "../contract/index.ts";
import { batchesPerEpoch, trainingBatches } from "./batches.ts";
import type { BatchOptions, TrainingBatch } from "./batches.ts";
import { datasetRoot, openDataset } from "./dataset.ts";
import type { Dataset } from "./dataset.ts";
import { importDataset } from "./import-dataset.ts";

const OPTIONS: BatchOptions = {
  batchSize: 2,
  cropSize: 8,
  scaleJitter: [0.5, 1.5],
  padding: [1, 2, 3],
  seed: 4,
  epoch: 0,
};

let dataset: Dataset;
beforeAll(async () => {
  const files: Record<string, string | Uint8Array> = { "classes.txt": "cat\ndog\n" };
  const lines = ["id,classes"];
  for (let i = 0; i < 5; i += 1) {
    files[`images/${i}.png`] = await tinyPng(i);
    files[`masks/${i}.png`] = halfMask(1 + (i % 2));
    lines.push(`${i},${i % 2 === 0 ? "cat" : "dog"}`);
  }
  const source = await makeFolderUntilEnd({ ...files, "labels.csv": lines.join("\n") });
  const home = await makeFolderUntilEnd();
  const { manifest } = await importDataset(source, { home });
  dataset = await openDataset(datasetRoot(home, manifest.hash));
});

async function collect(options: Partial<BatchOptions> = {}): Promise<TrainingBatch[]> {
  const batches: TrainingBatch[] = [];
  const mask = async (entry: DatasetImage) => (await dataset.mask(entry))!;
  const all = { ...OPTIONS, mask, ...options };
  for await (const batch of trainingBatches(dataset, dataset.manifest.images, all)) {
    batches.push(batch);
  }
  return batches;
}

describe("trainingBatches", () => {
  it("sees each image once an epoch, in an order of that epoch", async () => {
    const epochs = await Promise.all([0, 1, 2].map((epoch) => collect({ epoch })));
    const ids = epochs.map((batches) =>
      batches.flatMap(({ entries }) => entries.map(({ id }) => id)),
    );
    for (const order of ids) expect(order.toSorted()).toEqual(["0", "1", "2", "3", "4"]);
    expect(new Set(ids.map(String)).size).toBeGreaterThan(1);
    expect(epochs[0]!.map(({ entries }) => entries.length)).toEqual([2, 2, 1]);
    expect(batchesPerEpoch(5, 2)).toBe(3);
  });

  it("gives the same views whatever is made ahead, and another epoch others", async () => {
    const batches = await collect();
    expect(await collect({ prefetch: 0 })).toEqual(batches);
    expect(await collect({ epoch: 1 })).not.toEqual(batches);
  });

  it("goes on inside an epoch where a stopped run left it", async () => {
    expect(await collect({ startBatch: 1 })).toEqual((await collect()).slice(1));
  });

  it("pads images with the given colour and masks with ignore, at the same pixels", async () => {
    const [batch] = await collect({ cropSize: 16, scaleJitter: [1, 1] });
    const { images, labelMaps, imageLabels } = batch!;
    const padded = labelMaps!.map((label) => (label === 255 ? 1 : 0));
    expect(padded.reduce((sum, one) => sum + one, 0)).toBe(2 * (16 * 16 - 6 * 8));
    const paddedColours = new Set(
      [...padded.keys()]
        .filter((pixel) => padded[pixel] === 1)
        .map((pixel) => images.subarray(pixel * 3, pixel * 3 + 3).join()),
    );
    expect([...paddedColours]).toEqual(["1,2,3"]);
    expect(imageLabels.reduce((sum, one) => sum + one, 0)).toBe(2);
  });

  it("mirrors image and mask together", async () => {
    const batches = await collect({ cropSize: 8, scaleJitter: [1, 1] });
    // Unscaled, the right half of each mask is foreground; mirrored, the left half.
    const sides = batches.flatMap(({ entries, labelMaps }) =>
      entries.map((_, i) => {
        const middle = labelMaps!.subarray(i * 64, (i + 1) * 64).subarray(24, 32);
        return [middle[0], middle[7]].join();
      }),
    );
    expect(new Set(sides).size).toBeGreaterThan(1);
  });
});
