import type { LabelScores } from "../score-maps/label-scores.ts";

/**
 * Scores averaged over the cells of the feature grid, the image filled up with 0 at right and bottom.
 *
 * scores   [C' + 1, H, W]
 * returns  [C' + 1, ⌈H / stride⌉, ⌈W / stride⌉]
 *
 * stride  image pixels a feature; psa: 8
 *
 * Empty case: the background alone is pooled.
 * @see psa infer_aff.py: F.pad, then F.avg_pool2d(8, 8)
 */
export function poolToGrid(
  scores: LabelScores,
  { stride }: { readonly stride: number },
): LabelScores {
  const height = Math.ceil(scores.height / stride);
  const width = Math.ceil(scores.width / stride);
  const planes = scores.classes.length + 1;
  const sums = new Float64Array(planes * height * width);
  for (let row = 0; row < planes * scores.height; row += 1) {
    const plane = Math.floor(row / scores.height);
    const cellRow = plane * height + Math.floor((row % scores.height) / stride);
    for (let x = 0; x < scores.width; x += 1) {
      sums[cellRow * width + Math.floor(x / stride)]! += scores.data[row * scores.width + x]!;
    }
  }
  const data = Float32Array.from(sums, (sum) => sum / (stride * stride));
  return { height, width, classes: scores.classes, data };
}
