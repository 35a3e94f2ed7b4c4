import type { TensorView } from "@seedmask/ui/maps/safetensors";
import { winnersOf } from "@seedmask/ui/maps/threshold-labels";
import { type Extent, type FloatMap, IGNORED, type LabelMap } from "@seedmask/ui/maps/types";
import { integers, tensorOf } from "../probes/tensors.ts";

/** Accumulated maps of one image after every epoch. */
export interface Film extends Extent {
  readonly epochs: number;
  /** Class indices of the image, ascending. */
  readonly classes: Int32Array;
  /** [E, C', h, w], 255 = 1. */
  readonly data: Uint8Array;
}

export function filmOf(tensors: ReadonlyMap<string, TensorView>): Film {
  const { shape, bytes } = tensorOf(tensors, "accumulated", "U8");
  const [epochs, , height, width] = shape as [number, number, number, number];
  const classes = integers(tensorOf(tensors, "classes", "I32"));
  return { epochs, height, width, classes, data: bytes };
}

const frameBytes = (
  { width, height, classes, data }: Film,
  epoch: number,
  plane: number,
): Uint8Array => {
  const area = width * height;
  const start = (epoch * classes.length + plane) * area;
  return data.subarray(start, start + area);
};

/** What had gathered after an epoch; all 0 before the first (epoch −1). epoch 0…E−1 */
export function frameOf(film: Film, epoch: number, plane: number): FloatMap {
  const { width, height } = film;
  const data =
    epoch < 0
      ? new Float32Array(width * height)
      : Float32Array.from(frameBytes(film, epoch, plane), (value) => value / 255);
  return { width, height, data };
}

/** What an epoch added, 0…1; averaged maps may also fall, which adds nothing. */
export function incrementOf(film: Film, epoch: number, plane: number): FloatMap {
  const now = frameOf(film, epoch, plane);
  const before = frameOf(film, epoch - 1, plane).data;
  return { ...now, data: now.data.map((value, at) => Math.max(0, value - before[at]!)) };
}

/** Epoch (1…E) after which each grid pixel was first above the threshold; 0 where it never was. */
export function entryEpochs(film: Film, plane: number, threshold: number): LabelMap {
  const { width, height, epochs } = film;
  const data = new Uint8Array(width * height);
  for (let epoch = epochs - 1; epoch >= 0; epoch -= 1) {
    const frame = frameBytes(film, epoch, plane);
    for (let at = 0; at < data.length; at += 1) {
      // A label map holds 254 labels: later epochs of a longer training share the last.
      if (frame[at]! / 255 > threshold) data[at] = Math.min(254, epoch + 1);
    }
  }
  return { width, height, data };
}

/** Steps of the threshold within 0…1. */
export const TALLY_BINS = 100;

/** Pixels by epoch and score bin: inside the class, beside it, and where the truth is unknown. */
export interface FilmTally {
  readonly epochs: number;
  readonly pixels: number;
  /** Pixels of the class; null without a true mask. */
  readonly positives: number | null;
  readonly inside: Uint32Array;
  readonly beside: Uint32Array;
  readonly unknown: Uint32Array;
}

/**
 * Counts every epoch's scores once, at the image's own size, so that a threshold can be dragged.
 *
 * A score s lies in bin ceil(s · bins) − 1, as in the contract's threshold histogram: it is above a
 * threshold k / bins iff its bin is ≥ k.
 */
export function tallyFilm(
  film: Film,
  plane: number,
  size: Extent,
  truth: LabelMap | null,
): FilmTally {
  const { epochs } = film;
  const label = film.classes[plane]! + 1;
  const tally: FilmTally = {
    epochs,
    pixels: size.width * size.height,
    positives: truth && truth.data.reduce((sum, value) => sum + Number(value === label), 0),
    inside: new Uint32Array(epochs * TALLY_BINS),
    beside: new Uint32Array(epochs * TALLY_BINS),
    unknown: new Uint32Array(epochs * TALLY_BINS),
  };
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const frame = frameOf(film, epoch, plane);
    const { scores } = winnersOf({ ...frame, classes: Int32Array.of(label - 1) }, size);
    for (let at = 0; at < scores.length; at += 1) {
      const bin = Math.ceil(scores[at]! * TALLY_BINS) - 1;
      if (bin < 0) continue;
      const right = truth?.data[at] ?? IGNORED;
      const side =
        right === IGNORED ? tally.unknown : right === label ? tally.inside : tally.beside;
      side[epoch * TALLY_BINS + bin]! += 1;
    }
  }
  return tally;
}

/** How far a class has spread after each epoch, and how rightly. */
export interface Growth {
  /** Share of the image, 0…1. */
  readonly covered: readonly number[];
  /** 0…1; null where nothing is covered, or there is no true mask. */
  readonly precision: readonly (number | null)[];
  /** 0…1; null where the class has no pixel, or there is no true mask. */
  readonly recall: readonly (number | null)[];
}

/** threshold 0…1, rounded to the bins of the tally */
export function growthAt(tally: FilmTally, threshold: number): Growth {
  const first = Math.round(threshold * TALLY_BINS);
  const above = (counts: Uint32Array, epoch: number): number => {
    let sum = 0;
    for (let bin = first; bin < TALLY_BINS; bin += 1) sum += counts[epoch * TALLY_BINS + bin]!;
    return sum;
  };
  const growth = {
    covered: [] as number[],
    precision: [] as (number | null)[],
    recall: [] as (number | null)[],
  };
  for (let epoch = 0; epoch < tally.epochs; epoch += 1) {
    const inside = above(tally.inside, epoch);
    const scored = inside + above(tally.beside, epoch);
    growth.covered.push((scored + above(tally.unknown, epoch)) / tally.pixels);
    growth.precision.push(tally.positives === null || scored === 0 ? null : inside / scored);
    growth.recall.push(tally.positives ? inside / tally.positives : null);
  }
  return growth;
}
