import type { ConfusionCounts, ImageCounts, PredictedIgnoreRule } from "../contract/index.ts";

/**
 * Per-label counts of one image: enough to sort a gallery by IoU or by error.
 *
 * counts   [L, L] pixels of that image
 * returns  one entry per label that occurs in truth or prediction, labels ascending
 *
 * rule  what a pixel predicted 255 counts as; the same rule as the evaluation's
 *
 * Empty case: an image without scored pixels gives no entries.
 * @see Everingham et al. 2010, section 4
 */
export function imageCounts(
  imageKey: string,
  { labels, matrix, predictedIgnore }: ConfusionCounts,
  rule: PredictedIgnoreRule,
): ImageCounts {
  const result = {
    imageKey,
    labels: [] as number[],
    truePositives: [] as number[],
    falsePositives: [] as number[],
    falseNegatives: [] as number[],
  };
  const asBackground = rule === "as-background";
  for (let label = 0; label < labels; label += 1) {
    let falseNegatives = asBackground && label !== 0 ? predictedIgnore[label]! : 0;
    let falsePositives = 0;
    for (let other = 0; other < labels; other += 1) {
      if (other === label) continue;
      falseNegatives += matrix[label * labels + other]!;
      falsePositives += matrix[other * labels + label]!;
      if (asBackground && label === 0) falsePositives += predictedIgnore[other]!;
    }
    const truePositives =
      matrix[label * labels + label]! + (asBackground && label === 0 ? predictedIgnore[0]! : 0);
    if (truePositives + falsePositives + falseNegatives === 0) continue;
    result.labels.push(label);
    result.truePositives.push(truePositives);
    result.falsePositives.push(falsePositives);
    result.falseNegatives.push(falseNegatives);
  }
  return result;
}
