import { BACKGROUND } from "../../contract/index.ts";
import type { Rgb } from "../../contract/index.ts";

/** A picture under construction, with the label of what is in front at each pixel. */
export interface Canvas {
  readonly size: number;
  /** [size, size, 3] 0…255. */
  readonly colours: Float32Array;
  /** [size, size] label ids. */
  readonly labels: Uint8Array;
  /** [size, size] number of the object in front, 0 where it is none. */
  readonly objects: Uint8Array;
}

export function createCanvas(size: number): Canvas {
  return {
    size,
    colours: new Float32Array(size * size * 3),
    labels: new Uint8Array(size * size).fill(BACKGROUND),
    objects: new Uint8Array(size * size),
  };
}

/** Mixes a colour into a pixel; opacity 0…1. */
export function blendPixel(canvas: Canvas, pixel: number, colour: Rgb, opacity: number): void {
  for (let channel = 0; channel < 3; channel += 1) {
    const at = pixel * 3 + channel;
    canvas.colours[at]! += (colour[channel]! - canvas.colours[at]!) * opacity;
  }
}

/** A frame laid on the canvas: where its origin lies, how it is turned, mirrored and scaled. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  /** Pixels per local unit. */
  readonly scale: number;
  /** Radians. */
  readonly turn: number;
  readonly mirrored: boolean;
}

/** Calls `visit` for every pixel within `reach` local units of the origin, with its local position. */
export function eachPixelNear(
  { size }: Canvas,
  { x: originX, y: originY, scale, turn, mirrored }: Placement,
  reach: number,
  visit: (pixel: number, x: number, y: number) => void,
): void {
  const radius = reach * scale;
  const first = (centre: number) => Math.max(0, Math.floor(centre - radius));
  const last = (centre: number) => Math.min(size - 1, Math.ceil(centre + radius));
  const cos = Math.cos(turn) / scale;
  const sin = Math.sin(turn) / scale;
  for (let y = first(originY); y <= last(originY); y += 1) {
    for (let x = first(originX); x <= last(originX); x += 1) {
      const dx = x + 0.5 - originX;
      const dy = y + 0.5 - originY;
      const localX = cos * dx + sin * dy;
      visit(y * size + x, mirrored ? -localX : localX, cos * dy - sin * dx);
    }
  }
}

/** Share of a pixel that lies inside an outline at this distance, in pixels. */
export const coverage = (distance: number): number => Math.max(0, Math.min(1, 0.5 - distance));

export const shade = ([red, green, blue]: Rgb, factor: number): Rgb => [
  red * factor,
  green * factor,
  blue * factor,
];

export const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

export function colourOf(hex: string): Rgb {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
