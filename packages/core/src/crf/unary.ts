import { ShapeError, ValueRangeError } from "../contract/index.ts";

/** Cost of each label at each pixel: [L, H, W], −log of its probability. */
export interface Unary {
  readonly labels: number;
  readonly data: Float32Array;
}

/** @throws {ValueRangeError} where there is nothing to choose between */
function requireChoice(labels: number): void {
  if (Number.isInteger(labels) && labels >= 2) return;
  throw new ValueRangeError(
    `crf: expected at least two labels, background and a class, got ${labels}. An image without classes is background and needs no CRF.`,
  );
}

/**
 * Cost of labels from their scores.
 *
 * scores   [L, H, W]  ≥ 0; need not sum to one, a factor per pixel changes nothing but the clip
 * returns  [L, H, W]  −log of the score clipped to clip…1
 *
 * clip  1e-5 in psa, irn, SEAM and deeplab; 1e-4 in oaa
 *
 * Empty case: fewer than two labels are refused.
 * @throws {ShapeError} when the values do not divide into labels
 * @throws {ValueRangeError} on one label, and on NaN
 * @see Krähenbühl & Koltun 2011, section 2; pydensecrf utils.py, unary_from_softmax
 */
export function unaryFromProbabilities(
  scores: Float32Array,
  { labels, clip = 1e-5 }: { readonly labels: number; readonly clip?: number },
): Unary {
  requireChoice(labels);
  if (scores.length % labels !== 0) {
    throw new ShapeError(`crf: expected [${labels}, H, W] scores, got ${scores.length} values.`);
  }
  const data = new Float32Array(scores.length);
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at]!;
    if (Number.isNaN(score)) {
      throw new ValueRangeError("crf: expected scores, got NaN. Check the network's output.");
    }
    data[at] = -Math.log(Math.min(1, Math.max(clip, score)));
  }
  return { labels, data };
}

/**
 * Cost of labels from a label map that is right with a given certainty.
 *
 * positions  [H, W]     0…L−1: position in the image's own list of labels, not label ids
 * returns    [L, H, W]  −log certainty for the label, −log((1 − certainty) / (L − 1)) for others
 *
 * certainty  0…1 exclusive; irn 0.7
 *
 * Empty case: fewer than two labels are refused, where pydensecrf divides by zero.
 * @throws {ValueRangeError} on one label, and when a position is not below L
 * @see pydensecrf utils.py, unary_from_labels with zero_unsure=False; irn misc/imutils.py
 */
export function unaryFromLabels(
  positions: Uint8Array,
  { labels, certainty }: { readonly labels: number; readonly certainty: number },
): Unary {
  requireChoice(labels);
  const pixels = positions.length;
  const data = new Float32Array(labels * pixels);
  data.fill(-Math.log((1 - certainty) / (labels - 1)));
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const position = positions[pixel]!;
    if (position >= labels) {
      throw new ValueRangeError(`crf: expected label positions below ${labels}, got ${position}.`);
    }
    data[position * pixels + pixel] = -Math.log(certainty);
  }
  return { labels, data };
}
