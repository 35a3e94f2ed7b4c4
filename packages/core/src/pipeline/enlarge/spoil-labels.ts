import { IGNORE_INDEX, type LabelMap } from "../../contract/index.ts";
import type { Random } from "../../tensor/random.ts";

export interface Spoiling {
  /** Pixels; borders are torn in blocks of this side. */
  readonly block: number;
  /** Pixels; how far a block's content may be displaced. */
  readonly reach: number;
  /** 0…1: share of blocks that lose their object. */
  readonly missed: number;
}

/**
 * A plausible prediction: the truth with torn borders and missing parts, the same for equal streams.
 *
 * truth    [H, W] label ids
 * returns  [H, W] label ids without 255
 */
export function spoilLabels(
  truth: LabelMap,
  random: Random,
  { block, reach, missed }: Spoiling,
): LabelMap {
  const { height, width } = truth;
  const data = new Uint8Array(height * width);
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) {
      const lost = random.uniform() < missed;
      const shiftY = Math.round((random.uniform() * 2 - 1) * reach);
      const shiftX = Math.round((random.uniform() * 2 - 1) * reach);
      for (let y = top; y < Math.min(top + block, height); y += 1) {
        for (let x = left; x < Math.min(left + block, width); x += 1) {
          const fromY = Math.min(height - 1, Math.max(0, y + shiftY));
          const fromX = Math.min(width - 1, Math.max(0, x + shiftX));
          const label = truth.data[fromY * width + fromX]!;
          data[y * width + x] = lost || label === IGNORE_INDEX ? 0 : label;
        }
      }
    }
  }
  return { height, width, data };
}
