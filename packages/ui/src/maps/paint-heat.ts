import type { Placement } from "./camera.ts";
import { colourTable, type ColourMapName } from "./colour-map.ts";
import { type PixelTarget, pixelWord } from "./paint-labels.ts";
import type { Extent, FloatMap } from "./types.ts";

export interface HeatOptions {
  readonly colours: ColourMapName;
  /** Values drawn as the first and the last colour. Fixed 0…1 unless stretched on purpose. */
  readonly range: readonly [low: number, high: number];
  /** 0…1; alpha also follows the value, so a weak response leaves the photograph visible. */
  readonly opacity: number;
}

/** Neighbours and weight of each target pixel on a grid; index −1 outside the image. */
function samples(
  count: number,
  scale: number,
  offset: number,
  imageSize: number,
  gridSize: number,
): { first: Int32Array; second: Int32Array; weight: Float32Array } {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const weight = new Float32Array(count);
  for (let at = 0; at < count; at += 1) {
    const pixel = (at + 0.5 - offset) / scale;
    if (pixel < 0 || pixel >= imageSize) {
      first[at] = -1;
      continue;
    }
    const position = Math.min(gridSize - 1, Math.max(0, (pixel / imageSize) * gridSize - 0.5));
    const low = Math.floor(position);
    first[at] = low;
    second[at] = Math.min(gridSize - 1, low + 1);
    weight[at] = position - low;
  }
  return { first, second, weight };
}

/**
 * Paints a score map, bilinear between its own grid points (half-pixel centres), coloured here so
 * that only the raw scores have to travel.
 */
export function paintHeat(
  target: PixelTarget,
  placement: Placement,
  image: Extent,
  map: FloatMap,
  { colours, range: [low, high], opacity }: HeatOptions,
): void {
  const table = Uint32Array.from(colourTable(colours), (colour, index) =>
    pixelWord(colour, opacity * Math.min(1, (index / 255) * 1.15)),
  );
  const { width, height, words } = target;
  const across = samples(width, placement.scaleX, placement.x, image.width, map.width);
  const down = samples(height, placement.scaleY, placement.y, image.height, map.height);
  const gain = high > low ? 255 / (high - low) : 0;
  for (let y = 0; y < height; y += 1) {
    if (down.first[y]! < 0) continue;
    const top = down.first[y]! * map.width;
    const bottom = down.second[y]! * map.width;
    const fall = down.weight[y]!;
    for (let x = 0; x < width; x += 1) {
      const left = across.first[x]!;
      if (left < 0) continue;
      const right = across.second[x]!;
      const run = across.weight[x]!;
      const upper = map.data[top + left]! * (1 - run) + map.data[top + right]! * run;
      const lower = map.data[bottom + left]! * (1 - run) + map.data[bottom + right]! * run;
      const value = upper * (1 - fall) + lower * fall;
      const index = Math.round((value - low) * gain);
      words[y * width + x] = table[index < 0 ? 0 : index > 255 ? 255 : index]!;
    }
  }
}

/** Smallest and largest value, for the visible "stretch" switch; 0…1 for an empty map. */
export function rangeOf(map: FloatMap): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of map.data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** 8-bit scores, 255 = 1, as a float map. */
export const floatsOfBytes = (bytes: Uint8Array, width: number, height: number): FloatMap => ({
  width,
  height,
  data: Float32Array.from(bytes, (value) => value / 255),
});
