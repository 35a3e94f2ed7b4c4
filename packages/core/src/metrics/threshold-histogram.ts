import {
  IGNORE_INDEX,
  type LabelMap,
  type ScoreMaps,
  ShapeError,
  type ThresholdHistogram,
  ValueRangeError,
} from "../contract/index.ts";

/**
 * One pass over the pixels of an image from which its confusion matrix at every threshold follows.
 *
 * truth    [H, W]       0…L−1, 255 is not counted
 * scores   [C', H, W]   normalised CAM, ≤ 1 but for rounding; at the size of the truth
 * returns  [L, C, bins] pixels by truth, winning class and score bin; see ThresholdHistogram
 *
 * bins   thresholds k / bins, k = 0…bins − 1; SEAM's curve is bins = 100, its first 60 points
 * image  name of the image, for messages
 *
 * Empty case: no present class leaves every pixel unscored, that is background.
 * @throws {ShapeError} when sizes differ
 * @throws {ValueRangeError} on NaN, a label ≥ L, or a class ≥ L − 1
 * @see algorithms.md 21.4; SEAM evaluation.py, "curve" mode
 */
export function thresholdHistogram(
  truth: LabelMap,
  scores: ScoreMaps,
  options: { readonly labels: number; readonly bins: number; readonly image: string },
): ThresholdHistogram {
  const { labels, bins, image } = options;
  const classes = labels - 1;
  if (truth.height !== scores.height || truth.width !== scores.width) {
    throw new ShapeError(
      `metrics: image ${image}: expected scores of ${truth.height}×${truth.width}, ` +
        `got ${scores.height}×${scores.width}. Resize the scores to the mask first.`,
    );
  }
  for (const classIndex of scores.classes) {
    if (classIndex >= classes) {
      throw new ValueRangeError(
        `metrics: image ${image}: expected class indices below ${classes}, got ${classIndex}.`,
      );
    }
  }
  const counts = Array.from({ length: labels * classes * bins }, () => 0);
  const unscored = Array.from({ length: labels }, () => 0);
  const pixels = truth.data.length;
  const { data } = scores;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const label = truth.data[pixel]!;
    if (label === IGNORE_INDEX) continue;
    if (label >= labels) {
      throw new ValueRangeError(
        `metrics: image ${image}: expected ground truth labels below ${labels} or 255, got ${label}.`,
      );
    }
    let best = 0;
    let winner = -1;
    for (let position = 0, at = pixel; position < scores.classes.length; position += 1) {
      const score = data[at]!;
      if (Number.isNaN(score)) {
        throw new ValueRangeError(`metrics: image ${image}: expected scores, got NaN.`);
      }
      if (score > best) {
        best = score;
        winner = position;
      }
      at += pixels;
    }
    if (winner < 0) {
      unscored[label]! += 1;
      continue;
    }
    const bin = Math.min(bins, Math.ceil(best * bins)) - 1;
    counts[(label * classes + scores.classes[winner]!) * bins + bin]! += 1;
  }
  return { labels, bins, counts, unscored };
}

/**
 * Sum of partial histograms; the order of the parts is irrelevant.
 *
 * parts    each [L, C, bins] pixels
 * returns  [L, C, bins] pixels
 *
 * Empty case: no parts give zeros.
 * @throws {ShapeError} when a part has other labels or bins
 * @see algorithms.md 21.4
 */
export function mergeThresholdHistograms(
  parts: Iterable<ThresholdHistogram>,
  { labels, bins }: { readonly labels: number; readonly bins: number },
): ThresholdHistogram {
  const counts = Array.from({ length: labels * (labels - 1) * bins }, () => 0);
  const unscored = Array.from({ length: labels }, () => 0);
  for (const part of parts) {
    if (part.labels !== labels || part.bins !== bins) {
      throw new ShapeError(
        `metrics: expected a histogram of ${labels} labels and ${bins} bins, ` +
          `got ${part.labels} and ${part.bins}.`,
      );
    }
    part.counts.forEach((count, at) => (counts[at]! += count));
    part.unscored.forEach((count, at) => (unscored[at]! += count));
  }
  return { labels, bins, counts, unscored };
}
