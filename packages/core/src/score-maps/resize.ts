import type { ScoreMaps } from "../contract/index.ts";
import type { LabelScores } from "./label-scores.ts";

/**
 * `half-pixel`: pixel centres at i + ½ (PyTorch's align_corners=False; psa, irn, deeplab).
 * `corner-aligned`: first and last pixel centres meet (align_corners=True; SEAM, 1-stage).
 */
export type PixelGrid = "half-pixel" | "corner-aligned";

export interface ResizeTarget {
  readonly height: number;
  readonly width: number;
  readonly grid: PixelGrid;
}

interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Weight of `high`. */
  readonly weight: Float64Array;
}

function taps(from: number, to: number, grid: PixelGrid): Taps {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const weight = new Float64Array(to);
  const step = grid === "half-pixel" ? from / to : to > 1 ? (from - 1) / (to - 1) : 0;
  for (let i = 0; i < to; i += 1) {
    const source = grid === "half-pixel" ? Math.max(0, (i + 0.5) * step - 0.5) : i * step;
    low[i] = Math.min(Math.floor(source), from - 1);
    high[i] = Math.min(low[i]! + 1, from - 1);
    weight[i] = source - low[i]!;
  }
  return { low, high, weight };
}

/**
 * Bilinear resize of planar maps, without antialiasing.
 *
 * data     [planes, h, w]
 * returns  [planes, H, W]  within the range of the input
 *
 * grid  where pixel centres lie; has no default because the releases differ
 *
 * Empty case: no planes give no planes.
 * @see PyTorch upsample_bilinear2d; algorithms.md 1.3
 */
export function resizePlanes(
  data: Float32Array,
  source: { readonly planes: number; readonly height: number; readonly width: number },
  target: ResizeTarget,
): Float32Array {
  const { planes, height, width } = source;
  if (height === target.height && width === target.width) return data.slice();
  const rows = taps(height, target.height, target.grid);
  const columns = taps(width, target.width, target.grid);
  const result = new Float32Array(planes * target.height * target.width);
  let out = 0;
  for (let plane = 0; plane < planes; plane += 1) {
    const start = plane * height * width;
    for (let y = 0; y < target.height; y += 1) {
      const top = start + rows.low[y]! * width;
      const bottom = start + rows.high[y]! * width;
      const down = rows.weight[y]!;
      for (let x = 0; x < target.width; x += 1) {
        const left = columns.low[x]!;
        const right = columns.high[x]!;
        const across = columns.weight[x]!;
        const above = data[top + left]! * (1 - across) + data[top + right]! * across;
        const below = data[bottom + left]! * (1 - across) + data[bottom + right]! * across;
        result[out] = above * (1 - down) + below * down;
        out += 1;
      }
    }
  }
  return result;
}

/**
 * Bilinear resize of class maps.
 *
 * maps     [C', h, w]
 * returns  [C', H, W]
 *
 * Empty case: no present class stays no present class.
 * @see resizePlanes
 */
export function resizeScores(maps: ScoreMaps, target: ResizeTarget): ScoreMaps {
  const { height, width } = target;
  const planes = maps.classes.length;
  return {
    height,
    width,
    classes: maps.classes,
    data: resizePlanes(maps.data, { ...maps, planes }, target),
  };
}

/**
 * Bilinear resize of background and class maps together.
 *
 * maps     [C' + 1, h, w]
 * returns  [C' + 1, H, W]
 *
 * Empty case: the background alone is resized.
 * @see resizePlanes
 */
export function resizeLabelScores(maps: LabelScores, target: ResizeTarget): LabelScores {
  const { height, width } = target;
  const planes = maps.classes.length + 1;
  return {
    height,
    width,
    classes: maps.classes,
    data: resizePlanes(maps.data, { ...maps, planes }, target),
  };
}
