import { IGNORE_INDEX, type LabelMap, type ScoreMaps, ShapeError } from "../contract/index.ts";

/**
 * One map per label of an image: background first, then its present classes. The content of a
 * refined-scores file; `data[(i * height + y) * width + x]`, i = 0 the background.
 */
export interface LabelScores {
  readonly height: number;
  readonly width: number;
  /** Class indices of the maps after the first, ascending. */
  readonly classes: Int32Array;
  readonly data: Float32Array;
}

/**
 * Background and class scores in one stack.
 *
 * background  [H, W]
 * scores      [C', H, W]
 * returns     [C' + 1, H, W]
 *
 * Empty case: no present class gives the background alone.
 * @throws {ShapeError} when the background has another size
 * @see Ahn & Kwak 2018, section 3.1; psa infer_cls.py, _crf_with_alpha
 */
export function stackBackground(background: Float32Array, scores: ScoreMaps): LabelScores {
  const { height, width, classes } = scores;
  if (background.length !== height * width) {
    throw new ShapeError(
      `score-maps: expected a background of ${height}×${width}, got ${background.length} values.`,
    );
  }
  const data = new Float32Array(background.length + scores.data.length);
  data.set(background);
  data.set(scores.data, background.length);
  return { height, width, classes, data };
}

/**
 * The best label of every pixel.
 *
 * scores   [C' + 1, H, W]
 * returns  [H, W]  0 or class index + 1; the first of equals, so background wins ties
 *
 * Empty case: no present class gives background everywhere.
 * @see psa infer_cls.py; numpy.argmax
 */
export const argmaxLabels = (scores: LabelScores): LabelMap =>
  confidentLabels(scores, { minimumProbability: Number.NEGATIVE_INFINITY });

/**
 * The best label of every pixel, 255 where even the best is unsure.
 *
 * scores   [C' + 1, H, W]
 * returns  [H, W]  0, class index + 1, or 255
 *
 * minimumProbability  0…1; pixels whose best score is lower become 255. CLIP-ES: 0.95
 *
 * Empty case: no present class gives background wherever it is sure.
 * @see Lin et al. 2023 (CLIP-ES), section 3.3; algorithms.md 10
 */
export function confidentLabels(
  { height, width, classes, data }: LabelScores,
  { minimumProbability }: { readonly minimumProbability: number },
): LabelMap {
  const pixels = height * width;
  const labels = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let best = data[pixel]!;
    let position = 0;
    for (let i = 1, at = pixel + pixels; i <= classes.length; i += 1, at += pixels) {
      if (data[at]! > best) {
        best = data[at]!;
        position = i;
      }
    }
    if (best < minimumProbability) labels[pixel] = IGNORE_INDEX;
    else labels[pixel] = position === 0 ? 0 : classes[position - 1]! + 1;
  }
  return { height, width, data: labels };
}
