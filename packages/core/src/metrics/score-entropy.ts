import type { LabelScores } from "../score-maps/label-scores.ts";

/** Entropies are counted in so many bins of equal width over 0…1. */
export const ENTROPY_BINS = 20;

export interface ScoreEntropy {
  /** Pixels by entropy, ENTROPY_BINS of them. */
  readonly counts: number[];
  /** Over all pixels, 0…1. */
  readonly mean: number;
}

/**
 * How undecided the scores of an image are.
 *
 * scores   [C' + 1, H, W]  ≥ 0; divided by their sum at every pixel
 * returns  entropy of each pixel ÷ log(C' + 1): 0 sure, 1 all labels alike
 *
 * Empty case: background alone, or scores that are all 0, have nothing to decide: entropy 0.
 * @see Shannon 1948, section 6
 */
export function scoreEntropy({ height, width, classes, data }: LabelScores): ScoreEntropy {
  const pixels = height * width;
  const maps = classes.length + 1;
  const counts = Array.from({ length: ENTROPY_BINS }, () => 0);
  const most = Math.log(maps);
  let total = 0;
  for (let at = 0; at < pixels; at += 1) {
    let sum = 0;
    for (let map = 0; map < maps; map += 1) sum += data[map * pixels + at]!;
    let entropy = 0;
    for (let map = 0; map < maps && sum > 0; map += 1) {
      const share = data[map * pixels + at]! / sum;
      if (share > 0) entropy -= share * Math.log(share);
    }
    const relative = most === 0 ? 0 : Math.min(1, entropy / most);
    counts[Math.min(ENTROPY_BINS - 1, Math.floor(relative * ENTROPY_BINS))]! += 1;
    total += relative;
  }
  return { counts, mean: pixels === 0 ? 0 : total / pixels };
}
