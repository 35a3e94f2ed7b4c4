import {
  BACKGROUND,
  BOUNDARY_RINGS,
  ERROR_CAUSES,
  type ErrorCause,
  IGNORE_INDEX,
  type LabelMap,
  type MaskNoise,
  MISSED_BELOW,
  OBJECT_SIZES,
  type PredictedIgnoreRule,
  RAGGED_SHARE,
  ShapeError,
} from "../contract/index.ts";
import { boundaryDistance, nearLabel } from "./distance.ts";
import { type Regions, regionsOf } from "./regions.ts";

/** A map [H, W] whose 255 count as the rule says. @see PredictedIgnoreRule; irn eval_cam.py */
export const underRule = (map: LabelMap, rule: PredictedIgnoreRule): LabelMap =>
  rule === "excluded"
    ? map
    : { ...map, data: map.data.map((label) => (label === IGNORE_INDEX ? BACKGROUND : label)) };

/** truth and mask [H, W]. @throws {ShapeError} naming the image. @see countConfusion, the same refusal */
export function requireSameSize(truth: LabelMap, mask: LabelMap, image: string): void {
  if (truth.height === mask.height && truth.width === mask.width) return;
  throw new ShapeError(
    `metrics: image ${image}: expected a mask of ${truth.height}×${truth.width}, ` +
      `got ${mask.height}×${mask.width}. Resize masks with nearest neighbours first.`,
  );
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);

/** Counts of no image at all: causes [5], rings [7] of [L], sizes [4]. @see maskNoise */
export const noNoise = (labels: number): MaskNoise => ({
  scored: 0,
  causes: zeros(ERROR_CAUSES.length),
  rings: BOUNDARY_RINGS.map(() => ({
    truePositives: zeros(labels),
    truth: zeros(labels),
    predicted: zeros(labels),
  })),
  sizes: OBJECT_SIZES.map(() => ({ objects: 0, missed: 0, pixels: 0, found: 0 })),
});

const bucketOf = (value: number, ends: readonly (number | null)[]): number =>
  ends.findIndex((end) => end === null || value < end);

/** Right pixels of every region. */
function foundIn({ numbers, pixels }: Regions, truth: LabelMap, mask: LabelMap): number[] {
  const found = zeros(pixels.length);
  numbers.forEach((number, at) => {
    if (number > 0 && truth.data[at] === mask.data[at]) found[number]! += 1;
  });
  return found;
}

export interface MaskNoiseOptions {
  /** L, background included. */
  readonly labels: number;
  /** What a pixel predicted 255 counts as. */
  readonly rule: PredictedIgnoreRule;
  /** Name of the image, for messages. */
  readonly image: string;
}

/**
 * Where and why one mask is wrong: errors by cause, by distance to a boundary, by size of object.
 *
 * truth    [H, W]  0…L−1, 255 is not scored
 * mask     [H, W]  0…L−1, 255 under the rule
 * returns  counts; the causes add up to the wrong pixels, the rings to the scored ones
 *
 * Empty case: an image of 255 alone gives zeros.
 * @throws {ShapeError} when the two maps differ in size
 * @see Kohli et al. 2009, section 5 (trimap bands); Hoiem et al. 2012, section 3 (errors by cause)
 */
export function maskNoise(truth: LabelMap, mask: LabelMap, options: MaskNoiseOptions): MaskNoise {
  const { labels, rule, image } = options;
  requireSameSize(truth, mask, image);
  const given = underRule(mask, rule);
  const noise = noNoise(labels);
  const causes = new Map<ErrorCause, number>();
  const regions = regionsOf(truth);
  const found = foundIn(regions, truth, given);
  const missed = (number: number): boolean =>
    found[number]! < MISSED_BELOW * regions.pixels[number]!;
  const pixels = truth.data.length;
  regions.pixels.forEach((size, number) => {
    if (number === 0) return;
    const bucket = noise.sizes[bucketOf(size / pixels, OBJECT_SIZES)]!;
    bucket.objects += 1;
    bucket.missed += missed(number) ? 1 : 0;
    bucket.pixels += size;
    bucket.found += found[number]!;
  });

  const distance = boundaryDistance(truth);
  const radius = Math.max(1, Math.round(RAGGED_SHARE * Math.hypot(truth.height, truth.width)));
  const near = new Map<number, Uint8Array>();
  const isNear = (label: number, at: number): boolean => {
    const known = near.get(label) ?? nearLabel(truth, { label, radius });
    near.set(label, known);
    return known[at] === 1;
  };
  const causeOf = (expected: number, got: number, at: number): ErrorCause => {
    const number = regions.numbers[at]!;
    if (got === BACKGROUND && number > 0 && missed(number)) return "missed-object";
    if (isNear(got, at)) return "ragged-boundary";
    if (expected === BACKGROUND) return "spill-over";
    return got === BACKGROUND ? "missed-part" : "wrong-class";
  };
  for (let at = 0; at < pixels; at += 1) {
    const expected = truth.data[at]!;
    const got = given.data[at]!;
    if (expected === IGNORE_INDEX || got === IGNORE_INDEX) continue;
    noise.scored += 1;
    const ring = noise.rings[bucketOf(distance[at]!, BOUNDARY_RINGS)]!;
    ring.truth[expected]! += 1;
    ring.predicted[got]! += 1;
    if (expected === got) {
      ring.truePositives[expected]! += 1;
    } else {
      const cause = causeOf(expected, got, at);
      causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
  }
  return { ...noise, causes: ERROR_CAUSES.map((cause) => causes.get(cause) ?? 0) };
}

const sum = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, at) => value + b[at]!);

/**
 * Noise of two sets of images together; the order is irrelevant.
 *
 * a, b     causes [5], rings [7] of [L], sizes [4]
 * returns  the same
 *
 * Empty case: `noNoise` changes nothing.
 * @see Kohli et al. 2009, section 5 (counts of a whole set before any ratio)
 */
export const addNoise = (a: MaskNoise, b: MaskNoise): MaskNoise => ({
  scored: a.scored + b.scored,
  causes: sum(a.causes, b.causes),
  rings: a.rings.map((ring, at) => ({
    truePositives: sum(ring.truePositives, b.rings[at]!.truePositives),
    truth: sum(ring.truth, b.rings[at]!.truth),
    predicted: sum(ring.predicted, b.rings[at]!.predicted),
  })),
  sizes: a.sizes.map((size, at) => ({
    objects: size.objects + b.sizes[at]!.objects,
    missed: size.missed + b.sizes[at]!.missed,
    pixels: size.pixels + b.sizes[at]!.pixels,
    found: size.found + b.sizes[at]!.found,
  })),
});
