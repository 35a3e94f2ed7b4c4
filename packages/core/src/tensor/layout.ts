import type { NamedArray } from "./state-dict.ts";
import { tf } from "./tf.ts";

/** How a parameter lies in a file of the reference, and how TensorFlow wants it. */
export type ParameterKind = "conv" | "depthwise" | "vector";

/** Axes of the file's layout in the order of ours. */
const TO_MEMORY = { conv: [2, 3, 1, 0], depthwise: [2, 3, 0, 1] } as const; // OIHW -> HWIO; C1HW -> HWC1
const TO_FILE = { conv: [3, 2, 0, 1], depthwise: [2, 3, 0, 1] } as const; // HWIO -> OIHW; HWC1 -> C1HW

/**
 * A parameter of a state dict as a tensor.
 *
 * array     [O, I, kh, kw] conv · [C, 1, kh, kw] depthwise · [D] vector
 * returns   [kh, kw, I, O] conv · [kh, kw, C, 1] depthwise · [D] vector
 *
 * @see PyTorch, torch.nn.Conv2d, weight layout
 */
export function toMemoryLayout({ shape, data }: NamedArray, kind: ParameterKind): tf.Tensor {
  return tf.tidy(() => {
    // A copy, because the backend may keep the array it is given until it is first used.
    const tensor = tf.tensor(Float32Array.from(data), [...shape]);
    return kind === "vector" ? tensor : tf.transpose(tensor, [...TO_MEMORY[kind]]);
  });
}

/** The inverse of `toMemoryLayout`. */
export async function toFileLayout(tensor: tf.Tensor, kind: ParameterKind): Promise<NamedArray> {
  const turned = kind === "vector" ? tensor.clone() : tf.transpose(tensor, [...TO_FILE[kind]]);
  const data = Float32Array.from(await turned.data());
  const { shape } = turned;
  turned.dispose();
  return { dtype: "F32", shape, data };
}

/** An array as a tensor of the same layout. */
export const fromArray = (array: NamedArray): tf.Tensor => toMemoryLayout(array, "vector");

/** A tensor as an array of the same layout. */
export const toArray = (tensor: tf.Tensor): Promise<NamedArray> => toFileLayout(tensor, "vector");

/**
 * Feature maps of the reference.
 *
 * array     [N, D, H, W]
 * returns   [N, H, W, D]
 */
export const fromNchw = ({ shape, data }: NamedArray): tf.Tensor4D =>
  tf.tidy(() => {
    const [count, depth, height, width] = shape as [number, number, number, number];
    return tf.transpose(
      tf.tensor4d(Float32Array.from(data), [count, depth, height, width]),
      [0, 2, 3, 1],
    );
  });

/** [N, H, W, D] → [N, D, H, W] */
export const toNchw = (x: tf.Tensor4D): tf.Tensor4D => tf.transpose(x, [0, 3, 1, 2]);
