import type { ScoreMaps } from "@seedmask/ui/maps/safetensors";
import { type Extent, IGNORED, type LabelMap } from "@seedmask/ui/maps/types";

/** Winner's probability at every pixel as it was looked at, 255 = 1. */
export interface Confidence extends Extent {
  readonly data: Uint8Array;
}

/**
 * A mask whose unsure pixels are set to 255: those whose probability is not above the threshold.
 *
 * The mask has the image's own size, the confidence the size it was looked at: nearest decides.
 */
export function sureLabels(mask: LabelMap, confidence: Confidence, threshold: number): LabelMap {
  const { width, height } = mask;
  const data = mask.data.slice();
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * confidence.height) / height) * confidence.width;
    for (let x = 0; x < width; x += 1) {
      const at = row + Math.floor(((x + 0.5) * confidence.width) / width);
      if (confidence.data[at]! / 255 <= threshold) data[y * width + x] = IGNORED;
    }
  }
  return { width, height, data };
}

/** Maps of the classes whose probability is above the least one. */
export function mapsOfPresent(
  maps: ScoreMaps,
  scores: readonly number[],
  least: number,
): ScoreMaps {
  const area = maps.width * maps.height;
  const kept = [...maps.classes.keys()].filter((plane) => scores[maps.classes[plane]!]! > least);
  const data = new Float32Array(kept.length * area);
  for (const [to, plane] of kept.entries()) {
    data.set(maps.data.subarray(plane * area, (plane + 1) * area), to * area);
  }
  return { ...maps, classes: Int32Array.from(kept, (plane) => maps.classes[plane]!), data };
}
