import type { AbsentClassRule, ClassIou, ConfusionCounts, PredictedIgnoreRule } from "./metrics.ts";

/** Ratio of counts, null where there is nothing to divide by. */
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

interface LabelCounts {
  readonly truePositives: number;
  readonly truth: number;
  readonly predicted: number;
}

function countsOfLabel(
  { labels, matrix, predictedIgnore }: ConfusionCounts,
  label: number,
  rule: PredictedIgnoreRule,
): LabelCounts {
  let truth = 0;
  let predicted = 0;
  for (let other = 0; other < labels; other += 1) {
    truth += matrix[label * labels + other]!;
    predicted += matrix[other * labels + label]!;
  }
  let truePositives = matrix[label * labels + label]!;
  if (rule === "as-background") {
    truth += predictedIgnore[label]!;
    if (label === 0) {
      predicted += predictedIgnore.reduce((sum, count) => sum + count, 0);
      truePositives += predictedIgnore[0]!;
    }
  }
  return { truePositives, truth, predicted };
}

/**
 * IoU, precision and recall of every label.
 *
 * counts    [L, L] pixels, rows = ground truth
 * returns   L entries in label order, 0…1; null where the class is in neither truth nor prediction
 *
 * @see Everingham et al. 2010, section 4 (segmentation accuracy = intersection over union)
 */
export function classIous(
  counts: ConfusionCounts,
  rule: PredictedIgnoreRule = "excluded",
): ClassIou[] {
  return Array.from({ length: counts.labels }, (_, label) => {
    const { truePositives, truth, predicted } = countsOfLabel(counts, label, rule);
    return {
      label,
      iou: ratio(truePositives, truth + predicted - truePositives),
      precision: ratio(truePositives, predicted),
      recall: ratio(truePositives, truth),
    };
  });
}

/**
 * Mean IoU over labels, background included.
 *
 * counts    [L, L] pixels of a whole split, never of one image
 * returns   0…1, or null where no label counts under the rule
 *
 * @see Everingham et al. 2010, section 4; the three rules: deeplab-pytorch metric.py, SEAM evaluation.py, irn eval_cam.py
 */
export function meanIou(
  counts: ConfusionCounts,
  absentClassRule: AbsentClassRule,
  predictedIgnoreRule: PredictedIgnoreRule = "excluded",
): number | null {
  let sum = 0;
  let counted = 0;
  for (let label = 0; label < counts.labels; label += 1) {
    const { truePositives, truth, predicted } = countsOfLabel(counts, label, predictedIgnoreRule);
    const union = truth + predicted - truePositives;
    const present = absentClassRule === "ground-truth-only" ? truth > 0 : union > 0;
    if (!present && absentClassRule !== "count-as-zero") continue;
    sum += union === 0 ? 0 : truePositives / union;
    counted += 1;
  }
  return ratio(sum, counted);
}

/** Share of scored pixels whose prediction equals the truth, 0…1. @see deeplab-pytorch metric.py, Overall Acc */
export function pixelAccuracy({ labels, matrix }: ConfusionCounts): number | null {
  let correct = 0;
  let all = 0;
  for (let row = 0; row < labels; row += 1) {
    for (let column = 0; column < labels; column += 1) {
      const count = matrix[row * labels + column]!;
      all += count;
      if (row === column) correct += count;
    }
  }
  return ratio(correct, all);
}

/**
 * Mean over classes with ground truth of the share of their pixels that were found, 0…1.
 * @see deeplab-pytorch metric.py, Mean Acc
 */
export function meanRecall(counts: ConfusionCounts): number | null {
  const recalls = classIous(counts).flatMap(({ recall }) => (recall === null ? [] : [recall]));
  return ratio(
    recalls.reduce((sum, recall) => sum + recall, 0),
    recalls.length,
  );
}

/**
 * IoU of every class weighted by its share of the ground truth, 0…1.
 * @see deeplab-pytorch metric.py, FreqW Acc
 */
export function frequencyWeightedIou(counts: ConfusionCounts): number | null {
  const all = counts.matrix.reduce((sum, count) => sum + count, 0);
  let weighted = 0;
  for (let label = 0; label < counts.labels; label += 1) {
    const { truePositives, truth, predicted } = countsOfLabel(counts, label, "excluded");
    if (truth > 0) weighted += (truth * truePositives) / (truth + predicted - truePositives);
  }
  return ratio(weighted, all);
}

/** Share of pixels with ground truth that were given a label at all, 0…1; 1 where there are none. */
export function coverage({ matrix, predictedIgnore }: ConfusionCounts): number {
  const covered = matrix.reduce((sum, count) => sum + count, 0);
  const ignored = predictedIgnore.reduce((sum, count) => sum + count, 0);
  return covered + ignored === 0 ? 1 : covered / (covered + ignored);
}
