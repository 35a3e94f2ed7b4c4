import { z } from "zod";

/** How far a tensor may be from the reference's. @see golden/README.md, "What is checked" */
export const goldenRuleSchema = z.object({
  abs: z.number().default(0),
  rel: z.number().default(0),
  /** × the largest magnitude of the reference's tensor. */
  relMax: z.number().default(0),
  exact: z.boolean().default(false),
  /** Share of elements that must agree. */
  share: z.number().default(1),
  maxAbs: z.number().default(Number.POSITIVE_INFINITY),
  /** Share of elements that must be equal. */
  equalShare: z.number().default(0),
});
export type GoldenRule = z.infer<typeof goldenRuleSchema>;

export interface TensorComparison {
  readonly name: string;
  readonly maxAbs: number;
  /** Largest |ours − theirs| / |theirs| where theirs is not 0. */
  readonly maxRel: number;
  /** Share of elements within the tolerance. */
  readonly within: number;
  readonly passed: boolean;
  /** What is wrong where nothing could be compared. */
  readonly problem: string | null;
}

/**
 * Compares a tensor with the reference's under the file's own rule.
 *
 * ours, theirs  any layout, the same one; NaN equals NaN
 */
export function compareTensor(
  name: string,
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
  rule: GoldenRule,
): TensorComparison {
  if (ours.length !== theirs.length) {
    const problem = `expected ${theirs.length} elements, got ${ours.length}`;
    return { name, maxAbs: Infinity, maxRel: Infinity, within: 0, passed: false, problem };
  }
  const { abs, rel, relMax, exact, share, equalShare } = rule;
  let largest = 0;
  for (let i = 0; i < theirs.length; i += 1) {
    const magnitude = Math.abs(theirs[i]!);
    if (magnitude > largest) largest = magnitude;
  }
  let agreeing = 0;
  let equal = 0;
  let maxAbs = 0;
  let maxRel = 0;
  for (let i = 0; i < theirs.length; i += 1) {
    const expected = theirs[i]!;
    const same = ours[i] === expected || Object.is(ours[i], expected);
    const distance = same ? 0 : Math.abs(ours[i]! - expected);
    const difference = Number.isNaN(distance) ? Infinity : distance;
    if (same) equal += 1;
    if (difference > maxAbs) maxAbs = difference;
    if (expected !== 0) maxRel = Math.max(maxRel, difference / Math.abs(expected));
    const allowed = exact ? 0 : abs + rel * Math.abs(expected) + relMax * largest;
    if (difference <= allowed) agreeing += 1;
  }
  const count = Math.max(1, theirs.length);
  const within = theirs.length === 0 ? 1 : agreeing / count;
  const passed = within >= share && maxAbs <= rule.maxAbs && equal / count >= equalShare;
  return { name, maxAbs, maxRel, within, passed, problem: null };
}
