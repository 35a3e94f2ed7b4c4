import { ShapeError } from "../contract/index.ts";
import type { Unary } from "./unary.ts";

/** Where one label set lies when several stand side by side. */
export interface LaneGroup {
  readonly start: number;
  /** Lanes with labels; the rest up to `end` are padding. */
  readonly labels: number;
  readonly end: number;
}

/**
 * Places several label sets side by side.
 *
 * unaries  each [L, H, W] of the same image
 * returns  one group per set, in order
 *
 * multiple  lanes each set is padded to: 1, or 4 for SIMD
 *
 * Empty case: no sets give no groups.
 * @throws {ShapeError} when a unary is not of the image's size
 * @see algorithms.md 9.8, 21.3
 */
export function placeLanes(
  unaries: readonly Unary[],
  { pixels, multiple }: { readonly pixels: number; readonly multiple: number },
): LaneGroup[] {
  let end = 0;
  return unaries.map(({ labels, data }) => {
    if (data.length !== labels * pixels) {
      throw new ShapeError(
        `crf: expected a unary of ${labels} labels × ${pixels} pixels, got ${data.length} values. ` +
          "Resize the scores to the image first.",
      );
    }
    const start = end;
    end = start + Math.ceil(labels / multiple) * multiple;
    return { start, labels, end };
  });
}

/**
 * Negative unaries with all labels of a pixel together.
 *
 * unaries  each [L, H, W]
 * returns  into target, [P, lanes]: −U; padding lanes keep what target held
 *
 * Empty case: no sets write nothing.
 * @see placeLanes
 */
export function interleaveNegative(
  unaries: readonly Unary[],
  groups: readonly LaneGroup[],
  target: Float32Array,
): void {
  const lanes = groups.at(-1)?.end ?? 0;
  unaries.forEach(({ labels, data }, set) => {
    const pixels = data.length / labels;
    for (let label = 0; label < labels; label += 1) {
      const from = label * pixels;
      let to = groups[set]!.start + label;
      for (let pixel = 0; pixel < pixels; pixel += 1, to += lanes)
        target[to] = -data[from + pixel]!;
    }
  });
}

/**
 * One label set out of maps that stand side by side.
 *
 * q        [P, lanes]
 * returns  [L, H, W]
 *
 * Empty case: cannot be empty, a set has a label.
 * @see placeLanes
 */
export function separateGroup(
  q: Float32Array,
  lanes: number,
  { start, labels }: LaneGroup,
): Float32Array {
  const pixels = q.length / lanes;
  const result = new Float32Array(labels * pixels);
  for (let label = 0; label < labels; label += 1) {
    const to = label * pixels;
    let from = start + label;
    for (let pixel = 0; pixel < pixels; pixel += 1, from += lanes) result[to + pixel] = q[from]!;
  }
  return result;
}
