import { BACKGROUND, IGNORE_INDEX, type LabelMap } from "../contract/index.ts";

export interface Regions {
  /** [H, W]: number of the region from 1, 0 where there is none. */
  readonly numbers: Int32Array;
  /** Pixels of each region; position 0 is not a region. */
  readonly pixels: readonly number[];
}

/**
 * Connected regions of one class each: the objects of a semantic mask, as far as it tells them apart.
 *
 * labels   [H, W]  background and 255 belong to no region
 * returns  [H, W]  region numbers from 1; neighbours over edges and corners are connected
 *
 * Empty case: no foreground gives no region.
 * @see Rosenfeld & Pfaltz 1966 (connected components)
 */
export function regionsOf({ height, width, data }: LabelMap): Regions {
  const numbers = new Int32Array(data.length);
  const pixels = [0];
  const stack: number[] = [];
  for (let start = 0; start < data.length; start += 1) {
    const label = data[start]!;
    if (label === BACKGROUND || label === IGNORE_INDEX || numbers[start] !== 0) continue;
    const number = pixels.length;
    numbers[start] = number;
    stack.push(start);
    let size = 0;
    while (stack.length > 0) {
      const at = stack.pop()!;
      size += 1;
      const x = at % width;
      const y = (at - x) / width;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) {
          const next = ny * width + nx;
          if (numbers[next] !== 0 || data[next] !== label) continue;
          numbers[next] = number;
          stack.push(next);
        }
      }
    }
    pixels.push(size);
  }
  return { numbers, pixels };
}
