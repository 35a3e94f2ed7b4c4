import { ShapeError } from "../contract/errors.ts";

/**
 * How a new attention map joins what an image and class have gathered. `maximum` is the paper's
 * choice; `average` and `harmonic` are alternatives of the Caffe release.
 */
export const ACCUMULATION_RULES = ["maximum", "average", "harmonic"] as const;
export type AccumulationRule = (typeof ACCUMULATION_RULES)[number];

/**
 * Attention of one class from its raw class map: relu, then divided by its maximum.
 *
 * map       [h, w]  raw scores, any real
 * returns   [h, w]  0…1; the largest is m / (m + epsilon)
 *
 * epsilon   1e-8, as the release
 *
 * Empty case: a map without a positive score gives zeros.
 * @see Jiang et al. 2019, section 3.2; OAA-PyTorch models/vgg.py
 */
export function attentionFromClassMap(map: Float32Array, { epsilon = 1e-8 } = {}): Float32Array {
  let maximum = 0;
  for (const value of map) if (value > maximum) maximum = value;
  return map.map((value) => Math.max(0, value) / (maximum + epsilon));
}

/**
 * The gate: which labelled classes are predicted well enough to be trusted on this visit.
 *
 * logits    [C]  of one image; any real
 * labelled  class indices of the image, any order
 * returns   the labelled classes among the top m logits, m = number of labels, in input order
 *
 * Empty case: an image without labels accepts nothing.
 * Ties go to the lower class index, as in the Caffe release.
 * @see Jiang et al. 2019, section 3.2; OAA-PyTorch models/vgg.py
 */
export function acceptedClasses(
  logits: ArrayLike<number>,
  labelled: ArrayLike<number>,
): Set<number> {
  const ranked = Array.from({ length: logits.length }, (_, index) => index).toSorted(
    (a, b) => logits[b]! - logits[a]! || a - b,
  );
  const top = new Set(ranked.slice(0, labelled.length));
  return new Set(Array.from(labelled).filter((index) => top.has(index)));
}

/**
 * Writes the element-wise maximum of both maps into `state`.
 *
 * state, attention   [h, w]  0…1
 *
 * Repeating a map changes nothing, and the order of maps does not matter.
 * @throws {ShapeError} when the maps differ in size
 * @see Jiang et al. 2019, equation 2
 */
export function accumulateMaximum(state: Float32Array, attention: Float32Array): void {
  requireSameLength(state, attention);
  for (let i = 0; i < state.length; i += 1) {
    if (attention[i]! > state[i]!) state[i] = attention[i]!;
  }
}

/**
 * Moves a running mean of `visits` maps by one more.
 *
 * state      [h, w]  mean of the maps so far, 0…1
 * attention  [h, w]  0…1
 *
 * visits     maps already in the mean
 *
 * @throws {ShapeError} when the maps differ in size
 * @see OAA (Caffe) accumulation layer, AVE
 */
export function accumulateAverage(
  state: Float32Array,
  attention: Float32Array,
  { visits }: { visits: number },
): void {
  requireSameLength(state, attention);
  for (let i = 0; i < state.length; i += 1) {
    state[i] = (state[i]! * visits + attention[i]!) / (visits + 1);
  }
}

/**
 * Weighted harmonic mean of average and maximum: 3 / (1/average + 2/maximum).
 *
 * average, maximum  [h, w]  0…1
 * returns           [h, w]  between average and maximum; 0 where either is 0
 *
 * @throws {ShapeError} when the maps differ in size
 * @see OAA (Caffe) accumulation layer, HARM
 */
export function harmonicAttention(average: Float32Array, maximum: Float32Array): Float32Array {
  requireSameLength(average, maximum);
  return average.map((mean, i) =>
    mean > 0 && maximum[i]! > 0 ? 3 / (1 / mean + 2 / maximum[i]!) : 0,
  );
}

function requireSameLength(state: Float32Array, attention: Float32Array): void {
  if (state.length === attention.length) return;
  throw new ShapeError(
    `oaa: expected an attention map of ${state.length} elements, got ${attention.length}. ` +
      "Every visit of an image must use the same feature size.",
  );
}
