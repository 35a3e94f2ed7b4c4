import {
  type ConfusionCounts,
  IGNORE_INDEX,
  type LabelMap,
  ShapeError,
  ValueRangeError,
} from "../contract/index.ts";

const MAX_LABELS = 255;
const SLOTS = 256;

function largestLabel(counts: Float64Array, labels: number, side: "row" | "column"): number | null {
  for (let label = labels; label < IGNORE_INDEX; label += 1) {
    for (let other = 0; other < SLOTS; other += 1) {
      const at = side === "row" ? label * SLOTS + other : other * SLOTS + label;
      if (counts[at]! > 0 && (side === "row" || other !== IGNORE_INDEX)) return label;
    }
  }
  return null;
}

/**
 * Pixels of one image by ground truth and prediction.
 *
 * truth       [H, W]  0…L−1, 255 is not counted
 * prediction  [H, W]  0…L−1, 255 is counted apart, by its ground truth
 * returns     [L, L]  pixels; row = ground truth, column = prediction
 *
 * labels  L, background included; at most 255
 * image   name of the image, for messages
 *
 * Empty case: an image of 255 alone gives zeros.
 * @throws {ShapeError} when the two maps differ in size
 * @throws {ValueRangeError} when either map holds a label the data set does not have
 * @see Everingham et al. 2010, section 4; deeplab-pytorch libs/utils/metric.py, _fast_hist
 */
export function countConfusion(
  truth: LabelMap,
  prediction: LabelMap,
  { labels, image }: { readonly labels: number; readonly image: string },
): ConfusionCounts {
  if (truth.height !== prediction.height || truth.width !== prediction.width) {
    throw new ShapeError(
      `metrics: image ${image}: expected a prediction of ${truth.height}×${truth.width}, ` +
        `got ${prediction.height}×${prediction.width}. Resize masks with nearest neighbours first.`,
    );
  }
  if (labels < 2 || labels > MAX_LABELS) {
    throw new ValueRangeError(`metrics: expected 2 to ${MAX_LABELS} labels, got ${labels}.`);
  }
  // One table over all 256 × 256 byte pairs keeps the pass free of branches.
  const pairs = new Float64Array(SLOTS * SLOTS);
  const rows = truth.data;
  const columns = prediction.data;
  for (let pixel = 0; pixel < rows.length; pixel += 1) {
    const pair = (rows[pixel]! << 8) | columns[pixel]!;
    pairs[pair]! += 1;
  }
  for (const [side, map] of [
    ["row", "ground truth"],
    ["column", "prediction"],
  ] as const) {
    const unknown = largestLabel(pairs, labels, side);
    if (unknown !== null) {
      throw new ValueRangeError(
        `metrics: image ${image}: expected ${map} labels below ${labels} or 255, got ${unknown}. ` +
          "Check that the masks belong to this data set.",
      );
    }
  }
  const matrix: number[] = [];
  const predictedIgnore: number[] = [];
  for (let row = 0; row < labels; row += 1) {
    for (let column = 0; column < labels; column += 1) matrix.push(pairs[row * SLOTS + column]!);
    predictedIgnore.push(pairs[row * SLOTS + IGNORE_INDEX]!);
  }
  return { labels, matrix, predictedIgnore };
}

/**
 * Sum of partial counts; the order of the parts is irrelevant.
 *
 * parts    each [L, L] pixels
 * returns  [L, L] pixels
 *
 * Empty case: no parts give zeros.
 * @throws {ShapeError} when a part has another number of labels
 * @see algorithms.md 12, "merging two partial matrices = full"
 */
export function mergeConfusions(
  parts: Iterable<ConfusionCounts>,
  { labels }: { readonly labels: number },
): ConfusionCounts {
  const matrix = Array.from({ length: labels * labels }, () => 0);
  const predictedIgnore = Array.from({ length: labels }, () => 0);
  for (const part of parts) {
    if (part.labels !== labels) {
      throw new ShapeError(`metrics: expected counts of ${labels} labels, got ${part.labels}.`);
    }
    part.matrix.forEach((count, at) => (matrix[at]! += count));
    part.predictedIgnore.forEach((count, at) => (predictedIgnore[at]! += count));
  }
  return { labels, matrix, predictedIgnore };
}
