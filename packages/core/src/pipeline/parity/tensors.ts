import { fromNchw as arrayFromNchw, toMemoryLayout, toNchw } from "../../tensor/layout.ts";
import { tf } from "../../tensor/tf.ts";
import type { Weights } from "../../tensor/weights.ts";
import type { GoldenFile } from "./golden-file.ts";

/** A file's [N, D, H, W] as [N, H, W, D]. */
export const nhwc = (golden: GoldenFile, name: string): tf.Tensor4D =>
  arrayFromNchw(golden.array(name));

/** A file's [O, I, kh, kw] as [kh, kw, I, O]. */
export const hwio = (golden: GoldenFile, name: string): tf.Tensor4D =>
  toMemoryLayout(golden.array(name), "conv") as tf.Tensor4D;

/** A file's matrix as it is. */
export function matrix(golden: GoldenFile, name: string): tf.Tensor2D {
  const [rows, columns] = golden.extents(name, 2);
  return tf.tensor2d(Float32Array.from(golden.f32(name)), [rows, columns]);
}

/** Weights by their names in the file: convolutions turned, vectors as they are. */
export function weightsNamed(golden: GoldenFile, names: Iterable<string>): Weights {
  const weights = new Map<string, tf.Tensor>();
  for (const name of names) {
    if (!golden.has(name)) continue;
    const array = golden.array(name);
    weights.set(name, toMemoryLayout(array, array.shape.length === 4 ? "conv" : "vector"));
  }
  return weights;
}

/** Values of any tensor in its own layout. */
export const valuesOf = async (x: tf.Tensor): Promise<Float32Array> =>
  Float32Array.from(await x.data());

/** Values of [N, H, W, D] in NCHW order; of every `every`-th channel where given. */
export async function nchwValues(x: tf.Tensor, every = 1): Promise<Float32Array> {
  const turned = tf.tidy(() => {
    const maps = x as tf.Tensor4D;
    const taken =
      every === 1 ? maps : tf.stridedSlice(maps, [0, 0, 0, 0], maps.shape, [1, 1, 1, every]);
    return toNchw(taken as tf.Tensor4D);
  });
  const values = await valuesOf(turned);
  turned.dispose();
  return values;
}

/** Values of [kh, kw, I, O] in OIHW order; of every `every`-th output and input where given. */
export async function oihwValues(x: tf.Tensor, every = 1): Promise<Float32Array> {
  const turned = tf.tidy(() => {
    const filter = tf.transpose(x, [3, 2, 0, 1]);
    return every === 1
      ? filter
      : tf.stridedSlice(filter, [0, 0, 0, 0], filter.shape, [every, every, 1, 1]);
  });
  const values = await valuesOf(turned);
  turned.dispose();
  return values;
}

/**
 * Which share of a tensor's channels a file keeps: every n-th, n as documented where it fits.
 *
 * whole, kept  extents of the sampled axes
 */
export function samplingOf(
  whole: readonly number[],
  kept: readonly number[],
  documented: number,
): number {
  const fits = (every: number): boolean =>
    whole.every((extent, axis) => Math.ceil(extent / every) === kept[axis]);
  if (fits(documented)) return documented;
  const most = Math.max(...whole);
  return Array.from({ length: most }, (_, at) => at + 1).find(fits) ?? documented;
}

/** Values of [N, H, W, D] in NCHW order, of those channels that the file keeps under a name. */
export function keptChannels(
  golden: GoldenFile,
  name: string,
  x: tf.Tensor4D,
  documented: number,
): Promise<Float32Array> {
  const kept = golden.has(name) ? golden.extents(name, 4)[1] : x.shape[3];
  return nchwValues(x, samplingOf([x.shape[3]], [kept], documented));
}

export const scalarsOf = async (scalars: readonly tf.Scalar[]): Promise<number[]> =>
  Promise.all(scalars.map(async (scalar) => (await scalar.data())[0]!));
