import { tf } from "../src/tensor/tf.ts";
import type { Golden } from "./golden.ts";

/** A golden file's NCHW tensor as [N, H, W, C]. */
export function fromNchw(golden: Golden, name: string): tf.Tensor4D {
  const [count = 1, channels = 1, height = 1, width = 1] = golden.shape(name);
  return tf.tidy(() =>
    tf.transpose(tf.tensor4d(golden.f32(name), [count, channels, height, width]), [0, 2, 3, 1]),
  );
}

/** A golden file's OIHW convolution weights as [kh, kw, I, O]. */
export function fromOihw(golden: Golden, name: string): tf.Tensor4D {
  const [outputs = 1, inputs = 1, height = 1, width = 1] = golden.shape(name);
  return tf.tidy(() =>
    tf.transpose(tf.tensor4d(golden.f32(name), [outputs, inputs, height, width]), [2, 3, 1, 0]),
  );
}

/** Values of [N, H, W, C] in NCHW order. */
export async function nchwValues(x: tf.Tensor): Promise<Float32Array> {
  const transposed = tf.transpose(x, [0, 3, 1, 2]);
  const values = (await transposed.data()) as Float32Array;
  transposed.dispose();
  return values;
}

/** Values of [kh, kw, I, O] in OIHW order. */
export async function oihwValues(x: tf.Tensor): Promise<Float32Array> {
  const transposed = tf.transpose(x, [3, 2, 0, 1]);
  const values = (await transposed.data()) as Float32Array;
  transposed.dispose();
  return values;
}
