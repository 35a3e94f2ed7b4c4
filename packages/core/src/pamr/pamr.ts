import { type RgbImage, ShapeError } from "../contract/index.ts";
import type { LabelScores } from "../score-maps/label-scores.ts";

export interface PamrOptions {
  /** Rounds of averaging; 1-stage: 10. */
  readonly iterations: number;
  /** Distances of the 3 × 3 neighbours in pixels; 1-stage: 1, 2, 4, 8, 12, 24. */
  readonly dilations: readonly number[];
}

/** 1-stage configs/voc_resnet38.yaml, PAMR_KERNEL and PAMR_ITER. */
export const PAMR_DEFAULTS: PamrOptions = { iterations: 10, dilations: [1, 2, 4, 8, 12, 24] };

const DIRECTIONS = [-1, 0, 1]
  .flatMap((dy) => [-1, 0, 1].map((dx) => ({ dy, dx })))
  .filter(({ dy, dx }) => dy !== 0 || dx !== 0);

/** Index of each pixel's neighbour, the border repeated outwards. */
function neighbours(height: number, width: number, dy: number, dx: number): Int32Array {
  const result = new Int32Array(height * width);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
    for (let x = 0; x < width; x += 1) {
      result[y * width + x] = row + Math.min(width - 1, Math.max(0, x + dx));
    }
  }
  return result;
}

/** [3, P] unbiased standard deviation of each channel over all samples, the centre once a dilation. */
function deviations(image: RgbImage, around: readonly Int32Array[], centres: number): Float64Array {
  const pixels = image.height * image.width;
  const result = new Float64Array(3 * pixels);
  const samples = around.length + centres;
  for (let p = 0; p < pixels; p += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      // Differences to the centre: small whole numbers, so the sums are exact.
      const centre = image.data[3 * p + channel]!;
      let sum = 0;
      let squares = 0;
      for (const other of around) {
        const difference = image.data[3 * other[p]! + channel]! - centre;
        sum += difference;
        squares += difference * difference;
      }
      const variance = (squares - (sum * sum) / samples) / (samples - 1);
      result[channel * pixels + p] = Math.sqrt(Math.max(0, variance)) / 255;
    }
  }
  return result;
}

/** [neighbours, P] softmax over a pixel's neighbours of its colour likeness to each. */
function likeness(image: RgbImage, around: readonly Int32Array[], centres: number): Float32Array {
  const pixels = image.height * image.width;
  const deviation = deviations(image, around, centres);
  const weights = new Float32Array(around.length * pixels);
  for (let p = 0; p < pixels; p += 1) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < around.length; n += 1) {
      const q = around[n]![p]!;
      let sum = 0;
      for (let channel = 0; channel < 3; channel += 1) {
        const distance =
          Math.abs(image.data[3 * p + channel]! - image.data[3 * q + channel]!) / 255;
        sum -= distance / (1e-8 + 0.1 * deviation[channel * pixels + p]!);
      }
      weights[n * pixels + p] = sum / 3;
      highest = Math.max(highest, sum / 3);
    }
    let total = 0;
    for (let at = p; at < weights.length; at += pixels) {
      weights[at] = Math.exp(weights[at]! - highest);
      total += weights[at]!;
    }
    for (let at = p; at < weights.length; at += pixels) weights[at]! /= total;
  }
  return weights;
}

/**
 * Pixel-adaptive mask refinement: each pixel becomes the mean of its neighbours, weighted by likeness.
 *
 * image    [H, W, 3]       0…255 RGB
 * scores   [C' + 1, H, W]  at the image's size (1-stage resizes corner-aligned)
 * returns  [C' + 1, H, W]  within the range of each map; sums over labels are kept
 *
 * Empty case: no iterations give a copy; an image of one colour averages all neighbours alike.
 * Differs from the release: only the maps given are refined, not all 21; the others are zero and stay so.
 * @throws {ShapeError} when the scores are not of the image's size
 * @see Araslanov & Roth 2020, section 3.4, equations 6 and 7; 1-stage-wseg models/mods/pamr.py
 */
export function pamr(
  image: RgbImage,
  scores: LabelScores,
  { iterations, dilations }: PamrOptions = PAMR_DEFAULTS,
): LabelScores {
  const { height, width } = image;
  if (scores.height !== height || scores.width !== width) {
    throw new ShapeError(
      `pamr: expected scores of ${height}×${width}, got ${scores.height}×${scores.width}. ` +
        "Resize them to the image first.",
    );
  }
  const around = dilations.flatMap((dilation) =>
    DIRECTIONS.map(({ dy, dx }) => neighbours(height, width, dy * dilation, dx * dilation)),
  );
  const weights = likeness(image, around, dilations.length);
  const pixels = height * width;
  const data = scores.data.slice();
  const next = new Float64Array(pixels);
  for (let start = 0; start < data.length; start += pixels) {
    const map = data.subarray(start, start + pixels);
    for (let iteration = 0; iteration < iterations; iteration += 1) {
      next.fill(0);
      for (let n = 0; n < around.length; n += 1) {
        const other = around[n]!;
        const first = n * pixels;
        for (let p = 0; p < pixels; p += 1) next[p]! += weights[first + p]! * map[other[p]!]!;
      }
      map.set(next);
    }
  }
  return { ...scores, data };
}
