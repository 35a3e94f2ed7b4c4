import { IGNORED, type LabelMap, type LabelStyle } from "./types.ts";

/** Categories of `errorMap`: blue what was missed, orange what was added, never red against green. */
export const ERROR_STYLES: readonly LabelStyle[] = [
  { label: 0, name: "background, rightly", colour: [0, 0, 0] },
  { label: 1, name: "correct object", colour: [214, 218, 222] },
  { label: 2, name: "false positive", colour: [240, 121, 24] },
  { label: 3, name: "missed", colour: [38, 110, 228] },
  { label: 4, name: "wrong class", colour: [205, 40, 160] },
];
/** Categories drawn with stripes. */
export const ERROR_HATCHED: readonly number[] = [4];

/** Categories of `changeMap`. */
export const CHANGE_STYLES: readonly LabelStyle[] = [
  { label: 0, name: "unchanged", colour: [0, 0, 0] },
  { label: 1, name: "fixed", colour: [240, 121, 24] },
  { label: 2, name: "broken", colour: [38, 110, 228] },
  { label: 3, name: "changed, still wrong", colour: [205, 40, 160] },
];
export const CHANGE_HATCHED: readonly number[] = [3];

/** Categories of `changeMap` where there is no ground truth. */
export const UNSCORED_CHANGE_STYLES: readonly LabelStyle[] = [
  { label: 0, name: "unchanged", colour: [0, 0, 0] },
  { label: 1, name: "became object", colour: [240, 121, 24] },
  { label: 2, name: "became background", colour: [38, 110, 228] },
  { label: 3, name: "another class", colour: [205, 40, 160] },
];

function expectSameSize(where: string, one: LabelMap, other: LabelMap): void {
  if (one.width !== other.width || one.height !== other.height) {
    throw new RangeError(
      `${where}: expected masks of one size, got ${one.width}×${one.height} and ${other.width}×${other.height}.`,
    );
  }
}

function combine(
  { width, height, data }: LabelMap,
  category: (label: number, at: number) => number,
): LabelMap {
  const out = new Uint8Array(data.length);
  for (let at = 0; at < out.length; at += 1) out[at] = category(data[at]!, at);
  return { width, height, data: out };
}

/**
 * Where a mask errs against ground truth.
 *
 * returns  categories of ERROR_STYLES; 255 where the truth is 255 (not scored)
 */
export function errorMap(prediction: LabelMap, truth: LabelMap): LabelMap {
  expectSameSize("errorMap", prediction, truth);
  return combine(truth, (right, at) => {
    const given = prediction.data[at]!;
    if (right === IGNORED) return IGNORED;
    if (given === right) return right === 0 ? 0 : 1;
    if (right === 0) return given === IGNORED ? IGNORED : 2;
    return given === 0 || given === IGNORED ? 3 : 4;
  });
}

/**
 * What changed from one mask to another.
 *
 * truth    decides fixed and broken; without it only what became object or background is told
 * returns  categories of CHANGE_STYLES (UNSCORED_CHANGE_STYLES without truth)
 */
export function changeMap(before: LabelMap, after: LabelMap, truth: LabelMap | null): LabelMap {
  expectSameSize("changeMap", before, after);
  if (truth !== null) expectSameSize("changeMap", after, truth);
  return combine(after, (now, at) => {
    const then = before.data[at]!;
    if (then === now) return 0;
    if (truth === null) return then === 0 ? 1 : now === 0 ? 2 : 3;
    const right = truth.data[at]!;
    if (right === IGNORED) return 0;
    return now === right ? 1 : then === right ? 2 : 3;
  });
}

export interface LabelOverlap {
  readonly label: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** Per-label pixel counts of one mask against its truth, for labels present in either. */
export function overlapOf(prediction: LabelMap, truth: LabelMap): LabelOverlap[] {
  expectSameSize("overlapOf", prediction, truth);
  const counts = Array.from({ length: 256 }, () => ({ hit: 0, extra: 0, missed: 0 }));
  for (let at = 0; at < truth.data.length; at += 1) {
    const right = truth.data[at]!;
    const given = prediction.data[at]!;
    if (right === IGNORED || given === IGNORED) continue;
    if (right === given) counts[right]!.hit += 1;
    else {
      counts[right]!.missed += 1;
      counts[given]!.extra += 1;
    }
  }
  return counts.flatMap(({ hit, extra, missed }, label) =>
    hit + extra + missed === 0
      ? []
      : [{ label, truePositives: hit, falsePositives: extra, falseNegatives: missed }],
  );
}
