import type { Placement } from "./camera.ts";
import { colourTable, type ColourScaleName } from "./colour-map.ts";
import { type PixelTarget, pixelWord } from "./paint-labels.ts";
import type { Extent, FloatMap } from "./types.ts";

export interface HeatOptions {
  readonly colours: ColourScaleName;
  /** Values drawn as the first and the last colour. Fixed 0…1 unless stretched on purpose. */
  readonly range: readonly [low: number, high: number];
  /** 0…1; alpha also follows the value, so a weak response leaves the photograph visible. */
  readonly opacity: number;
  /** Bilinear between grid points unless false. */
  readonly smooth?: boolean;
  /** Image pixels the grid lies over; the image's own size where not given. */
  readonly extent?: Extent;
}

/** How strongly a value covers the photograph, 0…1 for a value 0…1. */
function cover(colours: ColourScaleName, value: number): number {
  if (colours === "difference") return Math.min(1, Math.abs(2 * value - 1) * 1.4);
  return Math.min(1, value * (colours === "increment" ? 4 : 1.15));
}

/** One pixel over another, both with alpha. */
function blend(under: number, over: number): number {
  const alphaOver = (over >>> 24) / 255;
  const alphaUnder = ((under >>> 24) / 255) * (1 - alphaOver);
  const alpha = alphaOver + alphaUnder;
  let word = Math.round(alpha * 255) << 24;
  for (const shift of [0, 8, 16]) {
    const top = ((over >>> shift) & 255) * alphaOver;
    const bottom = ((under >>> shift) & 255) * alphaUnder;
    word |= Math.round((top + bottom) / alpha) << shift;
  }
  return word >>> 0;
}

/** Neighbours and weight of each target pixel on a grid; index −1 outside the image. */
function samples(
  count: number,
  scale: number,
  offset: number,
  imageSize: number,
  gridSize: number,
  { covered, smooth }: { covered: number; smooth: boolean },
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
    const exact = (pixel / covered) * gridSize - (smooth ? 0.5 : 0);
    const position = Math.min(gridSize - 1, Math.max(0, smooth ? exact : Math.floor(exact)));
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
  { colours, range: [low, high], opacity, smooth = true, extent = image }: HeatOptions,
): void {
  const table = Uint32Array.from(colourTable(colours), (colour, index) =>
    pixelWord(colour, opacity * cover(colours, index / 255)),
  );
  const { width, height, words } = target;
  const across = samples(width, placement.scaleX, placement.x, image.width, map.width, {
    covered: extent.width,
    smooth,
  });
  const down = samples(height, placement.scaleY, placement.y, image.height, map.height, {
    covered: extent.height,
    smooth,
  });
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
      const word = table[index < 0 ? 0 : index > 255 ? 255 : index]!;
      const under = words[y * width + x]!;
      if (under === 0) words[y * width + x] = word;
      else if (word >>> 24 !== 0) words[y * width + x] = blend(under, word);
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
