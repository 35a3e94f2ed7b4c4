import {
  BACKGROUND,
  IGNORE_INDEX,
  type LabelMap,
  pixelOffsets,
  ShapeError,
} from "../contract/index.ts";
import { argmaxLabels, type LabelScores } from "../score-maps/label-scores.ts";
import { type PairBorders, pairStarts } from "./pixel-pairs.ts";
import { poolToGrid } from "./walk-grid.ts";

const NO_SCORE = 1e-5; // psa voc12/data.py, ExtractAffinityLabelInRadius' input: padding has no score

/**
 * Confident labels on the feature grid from two CRF results: foreground where even a strong background
 * leaves it, background where even a weak one takes it, 255 between.
 *
 * low      [C' + 1, H, W]  with a small background power: a strong background (psa alpha 4)
 * high     [C' + 1, H, W]  with a large one: a weak background (psa alpha 32)
 * returns  [⌈H / stride⌉, ⌈W / stride⌉]  0, class index + 1, or 255
 *
 * stride  image pixels a feature; psa: 8
 *
 * Empty case: without present classes all that has a score is background.
 * @throws {ShapeError} when the two differ in size or classes
 * @see Ahn & Kwak 2018, section 3.2.1; psa voc12/data.py, VOC12AffDataset
 */
export function affinityLabels(
  low: LabelScores,
  high: LabelScores,
  { stride }: { readonly stride: number },
): LabelMap {
  if (low.data.length !== high.data.length || low.width !== high.width) {
    throw new ShapeError(
      `affinity: expected two score sets of equal shape, got ${low.height}×${low.width} and ` +
        `${high.height}×${high.width}.`,
    );
  }
  const pooledLow = poolToGrid(low, { stride });
  const pooledHigh = poolToGrid(high, { stride });
  const labels = argmaxLabels(pooledLow);
  const weak = argmaxLabels(pooledHigh);
  const pixels = labels.data.length;
  for (let p = 0; p < pixels; p += 1) {
    if (labels.data[p] === BACKGROUND) labels.data[p] = IGNORE_INDEX;
    if (weak.data[p] === BACKGROUND) labels.data[p] = BACKGROUND;
    let best = 0;
    for (let at = p; at < pooledLow.data.length; at += pixels) {
      best = Math.max(best, pooledLow.data[at]!, pooledHigh.data[at]!);
    }
    if (best < NO_SCORE) labels.data[p] = IGNORE_INDEX;
  }
  return labels;
}

/** What a pair teaches: nothing, same background, same class, or different labels. */
export const PAIR_KINDS = {
  ignored: 0,
  backgroundPositive: 1,
  foregroundPositive: 2,
  negative: 3,
} as const;

/**
 * What each pair of a label map teaches.
 *
 * labels   [h, w]     0…C, 255 ignored
 * returns  [K, h, w]  PAIR_KINDS by offset and start pixel; ignored where there is no pair
 *
 * radiusInFeatures  feature pixels, exclusive; psa 5, irn 10
 * borders           which pairs there are
 *
 * Empty case: all 255 teaches nothing.
 * @see Ahn & Kwak 2018, equations 5 and 6; psa voc12/data.py, ExtractAffinityLabelInRadius
 */
export function pairLabels(
  labels: LabelMap,
  options: { readonly radiusInFeatures: number; readonly borders: PairBorders },
): Uint8Array {
  const { height, width, data } = labels;
  const { radiusInFeatures, borders } = options;
  const offsets = pixelOffsets(radiusInFeatures);
  const kinds = new Uint8Array(offsets.length * height * width);
  offsets.forEach((offset, plane) => {
    const { rows, left, right } = pairStarts(labels, offset, borders, radiusInFeatures);
    const step = offset.dy * width + offset.dx;
    for (let y = 0; y < rows; y += 1) {
      for (let p = y * width + left; p < y * width + right; p += 1) {
        const from = data[p]!;
        const to = data[p + step]!;
        if (from === IGNORE_INDEX || to === IGNORE_INDEX) continue;
        kinds[plane * height * width + p] =
          from !== to
            ? PAIR_KINDS.negative
            : from === BACKGROUND
              ? PAIR_KINDS.backgroundPositive
              : PAIR_KINDS.foregroundPositive;
      }
    }
  });
  return kinds;
}
