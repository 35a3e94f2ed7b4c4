import type { ScoreMaps } from "./safetensors.ts";
import type { Extent, FloatMap, LabelMap } from "./types.ts";

/** Strongest class and its score at every pixel: what does not depend on the threshold. */
export interface WinnerMap extends Extent {
  /** Label ids (class index + 1); 0 where the image has no map. */
  readonly labels: Uint8Array;
  readonly scores: Float32Array;
}

/**
 * Enlarges score maps to a size and keeps the winner, once per image; `thresholdLabels` is then one
 * comparison a pixel and can follow a drag.
 *
 * maps     own grid, 0…1
 * size     pixels of the label map to come
 * returns  per pixel the first of the strongest classes
 *
 * Bilinear with half-pixel centres, the grid that seeds are made on.
 */
export function winnersOf(maps: ScoreMaps, { width, height }: Extent): WinnerMap {
  const labels = new Uint8Array(width * height);
  const scores = new Float32Array(width * height);
  const across = axis(width, maps.width);
  const down = axis(height, maps.height);
  const plane = maps.width * maps.height;
  for (let index = 0; index < maps.classes.length; index += 1) {
    const label = maps.classes[index]! + 1;
    const start = index * plane;
    for (let y = 0; y < height; y += 1) {
      const top = start + down.first[y]! * maps.width;
      const bottom = start + down.second[y]! * maps.width;
      const fall = down.weight[y]!;
      for (let x = 0; x < width; x += 1) {
        const left = across.first[x]!;
        const right = across.second[x]!;
        const run = across.weight[x]!;
        const upper =
          maps.data[top + left]! + (maps.data[top + right]! - maps.data[top + left]!) * run;
        const lower =
          maps.data[bottom + left]! +
          (maps.data[bottom + right]! - maps.data[bottom + left]!) * run;
        const score = Math.fround(upper + (lower - upper) * fall);
        const at = y * width + x;
        if (index === 0 || score > scores[at]!) {
          scores[at] = score;
          labels[at] = label;
        }
      }
    }
  }
  return { width, height, labels, scores };
}

function axis(
  count: number,
  grid: number,
): { first: Int32Array; second: Int32Array; weight: Float32Array } {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const weight = new Float32Array(count);
  for (let at = 0; at < count; at += 1) {
    const position = Math.max(0, ((at + 0.5) / count) * grid - 0.5);
    const low = Math.min(grid - 1, Math.floor(position));
    first[at] = low;
    second[at] = Math.min(grid - 1, low + 1);
    weight[at] = position - low;
  }
  return { first, second, weight };
}

/** Label map at a threshold: foreground where the best score is greater; ties go to background. */
export function thresholdLabels(
  { width, height, labels, scores }: WinnerMap,
  threshold: number,
): LabelMap {
  const data = new Uint8Array(labels.length);
  for (let at = 0; at < data.length; at += 1) {
    if (scores[at]! > threshold) data[at] = labels[at]!;
  }
  return { width, height, data };
}

/** The map of one class, or null where the image does not have it. */
export function mapOfClass(maps: ScoreMaps, classIndex: number): FloatMap | null {
  const index = maps.classes.indexOf(classIndex);
  if (index < 0) return null;
  const plane = maps.width * maps.height;
  return {
    width: maps.width,
    height: maps.height,
    data: maps.data.subarray(index * plane, (index + 1) * plane),
  };
}
