import {
  IGNORE_INDEX,
  type LabelMap,
  PIXEL_STATES,
  type PredictedIgnoreRule,
} from "../contract/index.ts";
import { requireSameSize, underRule } from "./mask-noise.ts";

const STATES = PIXEL_STATES.length;

const stateOf = (truth: number, label: number): number =>
  label === IGNORE_INDEX ? 2 : label === truth ? 0 : 1;

/**
 * What became of every pixel between two stages: right, wrong or without a label, before and after.
 *
 * truth          [H, W]     0…L−1, 255 is not counted
 * before, after  [H, W]     0…L−1, 255 under the rule
 * returns        [L, 3, 3]  pixels by ground truth, state before, state after
 *
 * Empty case: an image of 255 alone gives zeros.
 * @throws {ShapeError} when the maps differ in size
 * @see Everingham et al. 2010, section 4: right pixels; fixed − broken is the change in their number
 */
export function labelChange(
  truth: LabelMap,
  { before, after }: { readonly before: LabelMap; readonly after: LabelMap },
  options: { readonly labels: number; readonly rule: PredictedIgnoreRule; readonly image: string },
): number[] {
  const { labels, rule, image } = options;
  requireSameSize(truth, before, image);
  requireSameSize(truth, after, image);
  const then = underRule(before, rule).data;
  const now = underRule(after, rule).data;
  const counts = Array.from({ length: labels * STATES * STATES }, () => 0);
  truth.data.forEach((label, at) => {
    if (label === IGNORE_INDEX) return;
    const [was, is] = [stateOf(label, then[at]!), stateOf(label, now[at]!)];
    counts[(label * STATES + was) * STATES + is]! += 1;
  });
  return counts;
}

/**
 * Pixels by the label two stages gave them; needs no ground truth.
 *
 * before, after  [H, W]          0…L−1 or 255
 * returns        [L + 1, L + 1]  row = before, column = after; the last of each is 255
 *
 * Empty case: no pixel gives zeros.
 * @throws {ShapeError} when the two maps differ in size
 * @see Everingham et al. 2010, section 4, with a stage in the place of the ground truth
 */
export function countAgreement(
  before: LabelMap,
  after: LabelMap,
  { labels, image }: { readonly labels: number; readonly image: string },
): number[] {
  requireSameSize(before, after, image);
  const counts = Array.from({ length: (labels + 1) ** 2 }, () => 0);
  const slot = (label: number): number => (label === IGNORE_INDEX ? labels : label);
  before.data.forEach((label, at) => {
    counts[slot(label) * (labels + 1) + slot(after.data[at]!)]! += 1;
  });
  return counts;
}
