import type { DatasetImage, LabelMap, Rgb } from "../contract/index.ts";
import { DatasetError } from "../contract/index.ts";
import { createRandom } from "../tensor/random.ts";
import { cutImage, cutLabels, drawView } from "./augment.ts";
import type { TrainingView, ViewOptions } from "./augment.ts";
import type { Dataset } from "./dataset.ts";
import { mapBounded } from "./map-bounded.ts";

/** One step's worth of training views. N = images of the batch, S = crop size. */
export interface TrainingBatch {
  readonly entries: readonly DatasetImage[];
  /** [N, S, S, 3] RGB 0…255. */
  readonly images: Float32Array;
  /** [N, C] 0 or 1. */
  readonly imageLabels: Float32Array;
  /** [N, S, S] label ids, 255 where there is no image; null without `mask`. */
  readonly labelMaps: Int32Array | null;
  /** How each view was cut from its image. */
  readonly views: readonly TrainingView[];
}

export interface BatchOptions extends ViewOptions {
  readonly batchSize: number;
  /** Colour beside an image that is smaller than the crop, 0…255: the network's mean colour. */
  readonly padding: Rgb;
  readonly seed: number;
  readonly epoch: number;
  /** Batches of this epoch that a resumed run has done already. */
  readonly startBatch?: number;
  /** Batches made ahead of the reader. */
  readonly prefetch?: number;
  /** Training target of an image, in the image's size: its pseudo mask, or its ground truth. */
  readonly mask?: (entry: DatasetImage) => Promise<LabelMap>;
}

const IMAGES_AT_ONCE = 4;
const PREFETCH = 2;

export const batchesPerEpoch = (images: number, batchSize: number): number =>
  Math.ceil(images / batchSize);

async function loadView(
  dataset: Dataset,
  entry: DatasetImage,
  options: BatchOptions,
  into: { image: Float32Array; labels: Uint8Array | null },
): Promise<TrainingView> {
  const { seed, epoch, mask, padding } = options;
  const image = await dataset.image(entry);
  // A stream per image and epoch: which thread is first changes nothing.
  const random = createRandom(seed).fork(`view ${epoch} ${entry.key}`);
  const view = drawView(random, image, options);
  await cutImage(image, view, { padding, into: into.image });
  if (mask === undefined || into.labels === null) return view;
  const labels = await mask(entry);
  if (labels.height !== image.height || labels.width !== image.width) {
    throw new DatasetError(
      `batch: expected a mask of ${image.width}×${image.height} for ${entry.id}, got ${labels.width}×${labels.height}. Make the masks anew.`,
    );
  }
  cutLabels(labels, view, into.labels);
  return view;
}

async function loadBatch(
  dataset: Dataset,
  entries: readonly DatasetImage[],
  options: BatchOptions,
): Promise<TrainingBatch> {
  const pixels = options.cropSize ** 2;
  const classes = dataset.manifest.classes.length;
  const images = new Float32Array(entries.length * pixels * 3);
  const imageLabels = new Float32Array(entries.length * classes);
  const labels = options.mask === undefined ? null : new Uint8Array(entries.length * pixels);
  const views: TrainingView[] = [];
  const load = async (index: number) => {
    for (const label of entries[index]!.labels) imageLabels[index * classes + label] = 1;
    views[index] = await loadView(dataset, entries[index]!, options, {
      image: images.subarray(index * pixels * 3, (index + 1) * pixels * 3),
      labels: labels?.subarray(index * pixels, (index + 1) * pixels) ?? null,
    });
  };
  for await (const _ of mapBounded(entries.keys(), IMAGES_AT_ONCE, load));
  return {
    entries,
    images,
    imageLabels,
    labelMaps: labels === null ? null : Int32Array.from(labels),
    views,
  };
}

/**
 * The training views of one epoch in an order that depends on seed and epoch alone; the last batch
 * may be smaller. The next batches are made while the reader works on one.
 */
export async function* trainingBatches(
  dataset: Dataset,
  images: readonly DatasetImage[],
  options: BatchOptions,
): AsyncGenerator<TrainingBatch> {
  const { batchSize, seed, epoch, startBatch = 0, prefetch = PREFETCH } = options;
  const order = createRandom(seed).fork(`order ${epoch}`).shuffle(images);
  const starts = Array.from(
    { length: batchesPerEpoch(images.length, batchSize) },
    (_, batch) => batch * batchSize,
  ).slice(startBatch);
  yield* mapBounded(starts, prefetch + 1, (start) =>
    loadBatch(dataset, order.slice(start, start + batchSize), options),
  );
}
