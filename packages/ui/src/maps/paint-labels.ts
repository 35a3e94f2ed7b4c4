import type { Placement } from "./camera.ts";
import { luminance } from "./palette.ts";
import { IGNORED, type LabelMap, type LabelStyle, type Rgb } from "./types.ts";

/** The same bytes twice: as pixels for the canvas and as one word a pixel for writing. */
export interface PixelTarget {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
  readonly words: Uint32Array;
}

export function pixelTarget(width: number, height: number): PixelTarget {
  const bytes = new Uint8ClampedArray(width * height * 4);
  return { width, height, bytes, words: new Uint32Array(bytes.buffer) };
}

export interface LabelPaint {
  /** Fill per label id, as canvas words; 0 leaves the photograph alone. */
  readonly fill: Uint32Array;
  /** Outline per label id; 0 draws none. */
  readonly outline: Uint32Array;
  /** Second word of a hatched label; 0 means plain. */
  readonly hatch: Uint32Array;
}

/** One canvas pixel as a little-endian word: what every browser's ImageData holds. */
export const pixelWord = ([red, green, blue]: Rgb, alpha: number): number =>
  ((Math.round(alpha * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;

function lighten(colour: Rgb): Rgb {
  if (luminance(colour) > 0.16) return colour;
  const lift = (channel: number): number => Math.round(channel + (255 - channel) * 0.45);
  const [red, green, blue] = colour;
  return [lift(red), lift(green), lift(blue)];
}

export interface LabelPaintOptions {
  /** 0…1 */
  readonly opacity: number;
  /** Draw only this label; the others vanish. */
  readonly solo?: number | null | undefined;
  readonly outline?: boolean | undefined;
  /** Labels drawn with stripes, beside 255. */
  readonly hatched?: readonly number[] | undefined;
}

const STRIPE: Rgb = [255, 255, 255];
const IGNORED_COLOUR: Rgb = [70, 74, 80];

/** Colour words of every label. Background is left clear; 255 is striped grey. */
export function labelPaint(
  styles: readonly LabelStyle[],
  { opacity, solo = null, outline = true, hatched = [] }: LabelPaintOptions,
): LabelPaint {
  const paint = {
    fill: new Uint32Array(256),
    outline: new Uint32Array(256),
    hatch: new Uint32Array(256),
  };
  for (const { label, colour } of [...styles, { label: IGNORED, colour: IGNORED_COLOUR }]) {
    if (label === 0 || (solo !== null && label !== solo)) continue;
    paint.fill[label] = pixelWord(colour, opacity);
    if (outline) paint.outline[label] = pixelWord(lighten(colour), Math.min(1, opacity + 0.35));
    if (label === IGNORED || hatched.includes(label)) {
      paint.hatch[label] = pixelWord(STRIPE, opacity * 0.8);
    }
  }
  return paint;
}

/** Image column (or row) under each target pixel, with `margin` more at both ends; −1 outside. */
function sourceIndex(
  count: number,
  scale: number,
  offset: number,
  limit: number,
  margin: number,
): Int32Array {
  const index = new Int32Array(count + 2 * margin);
  for (let at = 0; at < index.length; at += 1) {
    const source = Math.floor((at - margin + 0.5 - offset) / scale);
    index[at] = source >= 0 && source < limit ? source : -1;
  }
  return index;
}

/**
 * Paints a label map, one nearest label for every pixel of the target.
 *
 * The target is in device pixels, so an edge is sharp and an outline is `outlineWidth` device pixels
 * wide at every zoom and every device pixel ratio. Outlines lie inside their own region: two
 * touching regions both keep theirs. Pixels that stay clear are not written.
 */
export function paintLabels(
  target: PixelTarget,
  placement: Placement,
  map: LabelMap,
  paint: LabelPaint,
  outlineWidth: number,
): void {
  const { width, height, words } = target;
  const margin = outlineWidth;
  const columns = sourceIndex(width, placement.scaleX, placement.x, map.width, margin);
  const rows = sourceIndex(height, placement.scaleY, placement.y, map.height, margin);
  const stripe = 4 * Math.max(1, outlineWidth);
  for (let y = 0; y < height; y += 1) {
    const row = rows[y + margin]!;
    if (row < 0) continue;
    const here = row * map.width;
    const above = rows[y]!;
    const below = rows[y + 2 * margin]!;
    for (let x = 0; x < width; x += 1) {
      const column = columns[x + margin]!;
      if (column < 0) continue;
      const label = map.data[here + column]!;
      let word = paint.fill[label]!;
      if (word === 0) continue;
      const edge = paint.outline[label]!;
      if (edge !== 0) {
        const left = columns[x]!;
        const right = columns[x + 2 * margin]!;
        if (
          (left >= 0 && map.data[here + left] !== label) ||
          (right >= 0 && map.data[here + right] !== label) ||
          (above >= 0 && map.data[above * map.width + column] !== label) ||
          (below >= 0 && map.data[below * map.width + column] !== label)
        ) {
          words[y * width + x] = edge;
          continue;
        }
      }
      const second = paint.hatch[label]!;
      if (second !== 0 && (x + y) % (2 * stripe) < stripe) word = second;
      words[y * width + x] = word;
    }
  }
}
