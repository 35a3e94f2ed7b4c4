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

export const scalarsOf = async (scalars: readonly tf.Scalar[]): Promise<number[]> =>
  Promise.all(scalars.map(async (scalar) => (await scalar.data())[0]!));
