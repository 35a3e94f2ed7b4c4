import {
  type DatasetImage,
  IGNORE_INDEX,
  type LabelMap,
  type Rgb,
  type RgbImage,
} from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";
import { mapBounded } from "../data/map-bounded.ts";
import { createRandom, type Random } from "../tensor/random.ts";

/** Images and their affinity labels on the feature grid, cut alike. */
export interface AffinityBatch {
  readonly count: number;
  /** [N, S, S, 3] RGB 0…255. */
  readonly images: Float32Array;
  /** [s, s] each: 0…C, 255 where nothing is sure or there is no image. */
  readonly labels: readonly LabelMap[];
}

export interface AffinityBatchOptions {
  readonly batchSize: number;
  readonly cropSize: number;
  /** Image pixels a feature; divides the crop size. */
  readonly stride: number;
  readonly padding: Rgb;
  readonly seed: number;
  readonly epoch: number;
  readonly startBatch: number;
  readonly labels: (entry: DatasetImage) => Promise<LabelMap>;
}

/** Batches made ahead of the reader. */
const PREFETCH = 2;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** A random stretch of an axis of features that fits the crop, or all of it at a random place. */
function stretchOf(random: Random, extent: number, crop: number): Stretch {
  const slack = random.integer(Math.abs(extent - crop) + 1);
  const length = Math.min(extent, crop);
  return extent > crop ? { from: slack, to: 0, length } : { from: 0, to: slack, length };
}

interface Cut {
  readonly rows: Stretch;
  readonly columns: Stretch;
  readonly mirrored: boolean;
}

/** The part of an image that a cut of the feature grid shows, written into [S, S, 3]. */
function cutPixels(
  image: RgbImage,
  { rows, columns, mirrored }: Cut,
  { cropSize: side, stride, padding }: AffinityBatchOptions,
  into: Float32Array,
): void {
  for (let i = 0; i < into.length; i += 1) into[i] = padding[i % 3]!;
  const height = Math.min(rows.length * stride, image.height - rows.from * stride);
  const width = Math.min(columns.length * stride, image.width - columns.from * stride);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = ((rows.from * stride + y) * image.width + columns.from * stride + x) * 3;
      const column = columns.to * stride + x;
      const at = mirrored ? side - 1 - column : column;
      const to = ((rows.to * stride + y) * side + at) * 3;
      into[to] = image.data[from]!;
      into[to + 1] = image.data[from + 1]!;
      into[to + 2] = image.data[from + 2]!;
    }
  }
}

function cutGrid(labels: LabelMap, { rows, columns, mirrored }: Cut, side: number): LabelMap {
  const data = new Uint8Array(side * side).fill(IGNORE_INDEX);
  for (let y = 0; y < rows.length; y += 1) {
    for (let x = 0; x < columns.length; x += 1) {
      const column = columns.to + x;
      const at = mirrored ? side - 1 - column : column;
      data[(rows.to + y) * side + at] =
        labels.data[(rows.from + y) * labels.width + columns.from + x]!;
    }
  }
  return { height: side, width: side, data };
}

async function loadBatch(
  dataset: Dataset,
  entries: readonly DatasetImage[],
  options: AffinityBatchOptions,
): Promise<AffinityBatch> {
  const { cropSize, stride, seed, epoch } = options;
  const size = cropSize ** 2 * 3;
  const side = cropSize / stride;
  const images = new Float32Array(entries.length * size);
  const labels: LabelMap[] = [];
  for (const [index, entry] of entries.entries()) {
    const random = createRandom(seed).fork(`affinity view ${epoch} ${entry.key}`);
    const grid = await options.labels(entry);
    const cut: Cut = {
      rows: stretchOf(random, grid.height, side),
      columns: stretchOf(random, grid.width, side),
      mirrored: random.uniform() < 0.5,
    };
    const image = await dataset.image(entry);
    cutPixels(image, cut, options, images.subarray(index * size, (index + 1) * size));
    labels.push(cutGrid(grid, cut, side));
  }
  return { count: entries.length, images, labels };
}

/**
 * Training views of AffinityNet for one epoch: original size, random crop, mirrored half of the time.
 *
 * Differs from the release: crops begin on the feature grid, so that labels are made once for each
 * image and not once for each crop. @see psa voc12/data.py, VOC12AffDataset; algorithms.md 21.8
 */
export async function* affinityBatches(
  dataset: Dataset,
  images: readonly DatasetImage[],
  options: AffinityBatchOptions,
): AsyncGenerator<AffinityBatch> {
  const { batchSize, seed, epoch, startBatch } = options;
  const order = createRandom(seed).fork(`affinity order ${epoch}`).shuffle(images);
  const starts: number[] = [];
  for (let start = startBatch * batchSize; start < order.length; start += batchSize) {
    starts.push(start);
  }
  yield* mapBounded(starts, PREFETCH + 1, (start) =>
    loadBatch(dataset, order.slice(start, start + batchSize), options),
  );
}
