import {
  type AbsentClassRule,
  classIous,
  type ConfusionCounts,
  confusionAtThreshold,
  meanIou,
  type ThresholdHistogram,
} from "@seedmask/core/contract";

/** All measures at one bin edge. */
export interface SweepEdge {
  readonly threshold: number;
  readonly meanIou: number | null;
  /** Means over foreground classes that have a value. */
  readonly precision: number | null;
  readonly recall: number | null;
  /** IoU by label. */
  readonly classes: readonly (number | null)[];
}

const meanOf = (values: readonly (number | null)[]): number | null => {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0
    ? null
    : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
};

/** Every measure at every edge, once: a drag then only looks up. */
export function sweepMeasures(histogram: ThresholdHistogram, rule: AbsentClassRule): SweepEdge[] {
  return Array.from({ length: histogram.bins }, (_, edge) => {
    const counts = confusionAtThreshold(histogram, edge);
    const classes = classIous(counts);
    const foreground = classes.slice(1);
    return {
      threshold: edge / histogram.bins,
      meanIou: meanIou(counts, rule),
      precision: meanOf(foreground.map((one) => one.precision)),
      recall: meanOf(foreground.map((one) => one.recall)),
      classes: classes.map(({ iou }) => iou),
    };
  });
}

/** Edge with the highest value, the lowest such where several tie; 0 where nothing has a value. */
export function bestEdge(values: readonly (number | null)[]): number {
  let best = 0;
  for (const [edge, value] of values.entries()) {
    if ((value ?? -1) > (values[best] ?? -1)) best = edge;
  }
  return best;
}

/** Edge of every label at which its own IoU is highest; background follows from the others. */
export const bestEdgeByLabel = (sweep: readonly SweepEdge[]): number[] =>
  (sweep[0]?.classes ?? []).map((_, label) =>
    bestEdge(sweep.map(({ classes }) => classes[label]!)),
  );

/**
 * Confusion matrix where every class has a threshold of its own.
 *
 * edges    by label; the entry of background is not read
 *
 * Exact: which class wins a pixel does not depend on a threshold, so the pixels of class c are those
 * that c wins above its own.
 */
export function confusionAtEdges(
  { labels, bins, counts, unscored }: ThresholdHistogram,
  edges: readonly number[],
): ConfusionCounts {
  const matrix = Array.from({ length: labels * labels }, () => 0);
  for (let truth = 0; truth < labels; truth += 1) {
    matrix[truth * labels] = unscored[truth]!;
    for (let label = 1; label < labels; label += 1) {
      const start = (truth * (labels - 1) + label - 1) * bins;
      for (let bin = 0; bin < bins; bin += 1) {
        matrix[truth * labels + (bin >= edges[label]! ? label : 0)]! += counts[start + bin]!;
      }
    }
  }
  return { labels, matrix, predictedIgnore: Array.from({ length: labels }, () => 0) };
}
