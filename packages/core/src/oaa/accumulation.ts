import { ArtifactError, ShapeError } from "../contract/errors.ts";
import type { ScoreMaps } from "../contract/image.ts";
import {
  type AccumulationRule,
  acceptedClasses,
  accumulateAverage,
  accumulateMaximum,
  attentionFromClassMap,
  harmonicAttention,
} from "./accumulate.ts";

/** One image whose labelled classes gather attention. */
export interface AccumulationImage {
  readonly key: string;
  readonly height: number;
  readonly width: number;
  /** Labelled class indices, ascending. */
  readonly classes: readonly number[];
}

interface Slot {
  readonly start: number;
  readonly length: number;
  /** Position in `visits`. */
  readonly index: number;
}

/**
 * All gathered maps of a training set in one arena: float, no file per step. Keyed by image, never
 * by loader order.
 */
export interface Accumulation {
  readonly rule: AccumulationRule;
  readonly images: readonly AccumulationImage[];
  readonly slots: ReadonlyMap<string, Slot>;
  /** Accepted maps per (image, class). */
  readonly visits: Uint32Array;
  readonly maximum: Float32Array;
  /** Running mean; empty under the `maximum` rule, which has no use for it. */
  readonly average: Float32Array;
}

const slotKey = (imageKey: string, classIndex: number): string => `${imageKey}/${classIndex}`;

/**
 * An empty arena for a set of images.
 *
 * images   feature-grid size [h, w] and labels of each
 * returns  4 bytes an element and (image, class); twice that for `average` and `harmonic`
 *
 * @see Jiang et al. 2019, section 3.2
 */
export function createAccumulation(
  images: readonly AccumulationImage[],
  { rule = "maximum" }: { rule?: AccumulationRule } = {},
): Accumulation {
  const slots = new Map<string, Slot>();
  let start = 0;
  for (const { key, height, width, classes } of images) {
    for (const index of classes) {
      slots.set(slotKey(key, index), { start, length: height * width, index: slots.size });
      start += height * width;
    }
  }
  return {
    rule,
    images,
    slots,
    visits: new Uint32Array(slots.size),
    maximum: new Float32Array(start),
    average: new Float32Array(rule === "maximum" ? 0 : start),
  };
}

export interface AccumulationVisit {
  readonly imageKey: string;
  /** Raw class maps [C', h, w] of the labelled classes, un-mirrored, before relu. */
  readonly maps: ScoreMaps;
  /** [C] logits of the same forward pass. */
  readonly logits: ArrayLike<number>;
  /** In the last epoch a class that was never accepted takes its map regardless. */
  readonly lastEpoch: boolean;
}

/**
 * Takes one forward pass of one image into the arena.
 *
 * visit    raw class maps [C', h, w] and logits [C] of the same pass
 * returns  how many of the image's classes changed
 *
 * Empty case: an image without labels changes nothing.
 * Differs from the release: float maps keyed by image; the release stores 8-bit PNGs keyed by the
 * loader's running index. Skipping the first epoch is the caller's business, as there.
 * @throws {ArtifactError} when the arena does not know the image or class
 * @throws {ShapeError} when the maps are not of the size the arena was made for
 * @see Jiang et al. 2019, section 3.2; OAA-PyTorch models/vgg.py
 */
export function visitImage(accumulation: Accumulation, visit: AccumulationVisit): number {
  const { maps, imageKey, logits, lastEpoch } = visit;
  const accepted = acceptedClasses(logits, maps.classes);
  const area = maps.height * maps.width;
  let changed = 0;
  maps.classes.forEach((classIndex, at) => {
    const slot = requireSlot(accumulation, imageKey, classIndex);
    const never = accumulation.visits[slot.index] === 0;
    if (!accepted.has(classIndex) && !(lastEpoch && never)) return;
    const attention = attentionFromClassMap(maps.data.subarray(at * area, (at + 1) * area));
    addAttention(accumulation, slot, attention);
    changed += 1;
  });
  return changed;
}

/** Whether a class of an image has taken any map [h, w] yet, be it one of zeros. @see OAA-PyTorch models/vgg.py: the file exists */
export const isAccumulated = (
  accumulation: Accumulation,
  imageKey: string,
  classIndex: number,
): boolean => accumulation.visits[requireSlot(accumulation, imageKey, classIndex).index]! > 0;

function addAttention(accumulation: Accumulation, slot: Slot, attention: Float32Array): void {
  const { maximum, average, visits } = accumulation;
  const end = slot.start + slot.length;
  accumulateMaximum(maximum.subarray(slot.start, end), attention);
  if (average.length > 0) {
    accumulateAverage(average.subarray(slot.start, end), attention, {
      visits: visits[slot.index]!,
    });
  }
  visits[slot.index]! += 1;
}

/**
 * What an image has gathered so far, under the arena's rule.
 *
 * returns   [C', h, w]  0…1; zeros for a class never accepted
 *
 * @throws {ArtifactError} when the arena does not know the image
 * @see Jiang et al. 2019, section 3.2
 */
export function accumulatedMaps(accumulation: Accumulation, image: AccumulationImage): ScoreMaps {
  const { maximum, average, rule } = accumulation;
  const area = image.height * image.width;
  const data = new Float32Array(area * image.classes.length);
  image.classes.forEach((classIndex, at) => {
    const { start, length } = requireSlot(accumulation, image.key, classIndex);
    if (length !== area) {
      throw new ShapeError(
        `oaa: expected maps of ${length} elements for image ${image.key}, got ${area}.`,
      );
    }
    const most = maximum.subarray(start, start + length);
    const mean = average.subarray(start, start + length);
    if (rule === "maximum") data.set(most, at * area);
    else if (rule === "average") data.set(mean, at * area);
    else data.set(harmonicAttention(mean, most), at * area);
  });
  return {
    height: image.height,
    width: image.width,
    classes: Int32Array.from(image.classes),
    data,
  };
}

function requireSlot(accumulation: Accumulation, imageKey: string, classIndex: number): Slot {
  const slot = accumulation.slots.get(slotKey(imageKey, classIndex));
  if (slot) return slot;
  throw new ArtifactError(
    `oaa: expected image ${imageKey} with class ${classIndex} in the accumulation, found none. ` +
      "It belongs to another dataset version or run; start the accumulation anew.",
  );
}
