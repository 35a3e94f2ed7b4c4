import type { TensorView } from "@seedmask/ui/maps/safetensors";
import type { Extent, FloatMap, GridCell } from "@seedmask/ui/maps/types";
import { integers, tensorOf } from "../probes/tensors.ts";

/** Transforms in the order of the record; the first is none. */
export const TRANSFORMS = ["rescale", "mirror"] as const;
export type Transform = (typeof TRANSFORMS)[number];
/** Maps before and after the pixel correlation module. */
export const MODULES = ["cam", "revised"] as const;
export type Module = (typeof MODULES)[number];

/** What a siamese network sees of one image. */
export interface Views extends Extent {
  /** Class indices of the image, ascending. */
  readonly classes: Int32Array;
  /** [3, 2, C', h, w], 255 = 1. */
  readonly maps: Uint8Array;
  /** [h, w, D] directions, 128 = 0. */
  readonly features: Uint8Array;
}

export function viewsOf(tensors: ReadonlyMap<string, TensorView>): Views {
  const maps = tensorOf(tensors, "maps", "U8");
  const [, , , height, width] = maps.shape as [number, number, number, number, number];
  return {
    height,
    width,
    classes: integers(tensorOf(tensors, "classes", "I32")),
    maps: maps.bytes,
    features: tensorOf(tensors, "features", "U8").bytes,
  };
}

/** One map on the grid of the upright image, 0…1. transform null: the image itself */
export function mapOf(
  { height, width, classes, maps }: Views,
  {
    transform,
    module,
    plane,
  }: { readonly transform: Transform | null; readonly module: Module; readonly plane: number },
): FloatMap {
  const view = transform === null ? 0 : 1 + TRANSFORMS.indexOf(transform);
  const area = height * width;
  const start = ((view * 2 + MODULES.indexOf(module)) * classes.length + plane) * area;
  const data = Float32Array.from(maps.subarray(start, start + area), (value) => value / 255);
  return { height, width, data };
}

/** What a transform changed: above 0 where the transformed image gives more. −1…1 */
export const differenceOf = (upright: FloatMap, broughtBack: FloatMap): FloatMap => ({
  ...upright,
  data: broughtBack.data.map((value, at) => value - upright.data[at]!),
});

/** Mean magnitude, 0…1: what the equivariance loss takes of this map. */
export const meanMagnitude = ({ data }: FloatMap): number =>
  data.reduce((sum, value) => sum + Math.abs(value), 0) / data.length;

/**
 * How the correlation module weighs all pixels for one: relu of the cosines of features, of sum 1.
 *
 * A pixel whose feature is zero attends to nothing: zeros.
 * @see Wang et al. 2020, equation 5
 */
export function attentionRow({ height, width, features }: Views, cell: GridCell): FloatMap {
  const pixels = height * width;
  const depth = features.length / pixels;
  const chosen = (cell.row * width + cell.column) * depth;
  const data = new Float32Array(pixels);
  let sum = 0;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let product = 0;
    let square = 0;
    for (let channel = 0; channel < depth; channel += 1) {
      const value = features[pixel * depth + channel]! - 128;
      product += value * (features[chosen + channel]! - 128);
      square += value * value;
    }
    // The chosen pixel's own norm is the same for all and leaves with the sum.
    data[pixel] = square === 0 ? 0 : Math.max(0, product / Math.sqrt(square));
    sum += data[pixel]!;
  }
  return { height, width, data: sum === 0 ? data : data.map((weight) => weight / sum) };
}
