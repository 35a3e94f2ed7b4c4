import { IGNORE_INDEX, type LabelMap } from "../contract/index.ts";
import type { LabelScores } from "../score-maps/label-scores.ts";

/** Share of the best label among all labels' scores at a pixel, 0…1. */
function bestShares({ height, width, classes, data }: LabelScores): Float32Array {
  const pixels = height * width;
  const shares = new Float32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let sum = 0;
    let best = 0;
    for (let map = 0; map <= classes.length; map += 1) {
      const score = data[map * pixels + pixel]!;
      sum += score;
      best = Math.max(best, score);
    }
    shares[pixel] = sum === 0 ? 0 : best / sum;
  }
  return shares;
}

/** Ignores the pixels of a mask whose best label is not probable enough. */
export function ignoreUnsure(
  mask: LabelMap,
  scores: LabelScores,
  minimumProbability: number,
): LabelMap {
  const shares = bestShares(scores);
  const data = mask.data.map((label, pixel) =>
    shares[pixel]! < minimumProbability ? IGNORE_INDEX : label,
  );
  return { ...mask, data };
}
