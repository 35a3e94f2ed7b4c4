import { meanIou } from "./iou.ts";
import type { AbsentClassRule, ConfusionCounts, ThresholdHistogram } from "./metrics.ts";

/**
 * Confusion matrix at one threshold, exactly as if every mask had been made and counted anew.
 *
 * histogram  [L, C, bins] pixels
 * edge       0…bins; the threshold is edge / bins
 * returns    [L, L] pixels
 *
 * @see algorithms.md 21.4: foreground iff score > threshold, ties go to background
 */
export function confusionAtThreshold(histogram: ThresholdHistogram, edge: number): ConfusionCounts {
  const { labels, bins, counts, unscored } = histogram;
  const classes = labels - 1;
  const matrix = Array.from({ length: labels * labels }, () => 0);
  for (let truth = 0; truth < labels; truth += 1) {
    matrix[truth * labels] = unscored[truth]!;
    for (let winner = 0; winner < classes; winner += 1) {
      const start = (truth * classes + winner) * bins;
      for (let bin = 0; bin < bins; bin += 1) {
        const column = bin >= edge ? winner + 1 : 0;
        matrix[truth * labels + column]! += counts[start + bin]!;
      }
    }
  }
  return { labels, matrix, predictedIgnore: Array.from({ length: labels }, () => 0) };
}

export interface SweepPoint {
  readonly threshold: number;
  readonly meanIou: number | null;
}

/** Mean IoU at every bin edge. @see SEAM evaluation.py, "curve" mode */
export function sweepThresholds(
  histogram: ThresholdHistogram,
  absentClassRule: AbsentClassRule,
): SweepPoint[] {
  return Array.from({ length: histogram.bins }, (_, edge) => ({
    threshold: edge / histogram.bins,
    meanIou: meanIou(confusionAtThreshold(histogram, edge), absentClassRule),
  }));
}

/** The threshold with the highest mean IoU; the lowest such where several tie. */
export function bestThreshold(points: readonly SweepPoint[]): SweepPoint {
  return points.reduce((best, point) =>
    (point.meanIou ?? -1) > (best.meanIou ?? -1) ? point : best,
  );
}

/**
 * Power-background exponent whose hard labels equal those of a constant threshold: t = (1 − t)^alpha.
 * threshold 0…1 exclusive → alpha > 0.
 */
export const alphaOfThreshold = (threshold: number): number =>
  Math.log(threshold) / Math.log(1 - threshold);

/** Inverse of `alphaOfThreshold`, by bisection to 1e-9. */
export function thresholdOfAlpha(alpha: number): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (middle < (1 - middle) ** alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
