import { type Activation, biasActivation } from "../tensor/activation.ts";
import { foldNorm, type Norm } from "../tensor/batch-norm.ts";
import { conv2d, depthwiseConv2d } from "../tensor/conv.ts";
import type { Padding } from "../tensor/conv-geometry.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";

/** A convolution and the batch norm after it, as state dicts name them. */
export interface ConvNorm {
  readonly conv: string;
  readonly norm: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly depthwise: boolean;
  readonly activation: Activation;
}

const NORM_ARRAYS = [
  ["weight", "norm-scale"],
  ["bias", "norm-offset"],
  ["running_mean", "norm-mean"],
  ["running_var", "norm-variance"],
] as const;

/** The five arrays of a convolution with its norm. */
export function convNormParameters(layer: ConvNorm): Parameter[] {
  const { conv, norm, inputs, outputs, kernel, depthwise } = layer;
  return [
    {
      name: `${conv}.weight`,
      kind: depthwise ? "depthwise" : "conv",
      role: "weight",
      shape: [outputs, depthwise ? 1 : inputs, kernel, kernel],
    },
    ...NORM_ARRAYS.map(([array, role]): Parameter => ({
      name: `${norm}.${array}`,
      kind: "vector",
      role,
      shape: [outputs],
    })),
  ];
}

export function normOf(weights: Weights, name: string): Norm {
  const array = (suffix: string): tf.Tensor1D => weightOf(weights, `${name}.${suffix}`);
  return {
    scale: array("weight"),
    offset: array("bias"),
    mean: array("running_mean"),
    variance: array("running_var"),
  };
}

/** x [N, H, W, I] → [N, h, w, O]: convolution, frozen norm, activation. @see Ioffe & Szegedy 2015 */
export function convNorm(
  x: tf.Tensor4D,
  weights: Weights,
  layer: ConvNorm,
  { padding, epsilon }: { readonly padding: Padding; readonly epsilon: number },
): tf.Tensor4D {
  const { depthwise, stride, dilation } = layer;
  return tf.tidy(() => {
    const { filter, bias } = foldNorm(
      weightOf(weights, `${layer.conv}.weight`),
      normOf(weights, layer.norm),
      { epsilon, depthwise },
    );
    const convolve = depthwise ? depthwiseConv2d : conv2d;
    return biasActivation(
      convolve(x, filter, { stride, dilation, padding }),
      bias,
      layer.activation,
    );
  });
}

/** One number a channel; a single one where all are equal, which TensorFlow applies several times as fast. */
const perChannel = (values: readonly number[]): tf.Tensor =>
  values.every((value) => value === values[0]) ? tf.scalar(values[0]!) : tf.tensor1d([...values]);

/** (x − centre) / width for every pixel; int32 images are cast. [N, H, W, 3] → [N, H, W, 3] */
export const normalisePixels = (
  images: tf.Tensor4D,
  { mean, deviation }: { readonly mean: readonly number[]; readonly deviation: readonly number[] },
): tf.Tensor4D =>
  tf.tidy(() => {
    const pixels: tf.Tensor4D = tf.cast(images, "float32");
    const scale = perChannel(deviation.map((width) => 1 / width));
    const shift = perChannel(mean.map((centre, channel) => -centre / deviation[channel]!));
    return tf.add(tf.mul(pixels, scale), shift);
  });
