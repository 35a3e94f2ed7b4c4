import { frozenBatchNorm, type Norm } from "../tensor/batch-norm.ts";
import { conv2d } from "../tensor/conv.ts";
import type { Window } from "../tensor/conv-geometry.ts";
import type { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";

/** @see PyTorch, torch.nn.BatchNorm2d, default eps */
export const NORM_EPSILON = 1e-5;

/** Names of a convolution without bias and of the norm after it, without their last part. */
export interface ConvNormNames {
  readonly conv: string;
  readonly norm: string;
}

/** The arrays of a batch norm. channels D → four vectors [D]. @see PyTorch, torch.nn.BatchNorm2d */
export function normParameters(name: string, channels: number): Parameter[] {
  const vector = (suffix: string, role: Parameter["role"]): Parameter => ({
    name: `${name}.${suffix}`,
    kind: "vector",
    role,
    shape: [channels],
  });
  return [
    vector("weight", "norm-scale"),
    vector("bias", "norm-offset"),
    vector("running_mean", "norm-mean"),
    vector("running_var", "norm-variance"),
  ];
}

/** A convolution's filter. shape [O, I, kh, kw] */
export const convParameter = (name: string, shape: readonly number[]): Parameter => ({
  name: `${name}.weight`,
  kind: "conv",
  role: "weight",
  shape,
});

export const normOf = (weights: Weights, name: string): Norm => ({
  scale: weightOf(weights, `${name}.weight`),
  offset: weightOf(weights, `${name}.bias`),
  mean: weightOf(weights, `${name}.running_mean`),
  variance: weightOf(weights, `${name}.running_var`),
});

export const filterOf = (weights: Weights, name: string): tf.Tensor4D =>
  weightOf<tf.Tensor4D>(weights, `${name}.weight`);

/**
 * Convolution, then batch norm with fixed statistics, in the reference's order of operations: a norm
 * folded into the filter is faster but rounds differently, and near a relu's corner that shows.
 *
 * x         [N, H, W, I]
 * returns   [N, h, w, O]
 *
 * @see He et al. 2016, section 3.4
 */
export const convNorm = (
  x: tf.Tensor4D,
  weights: Weights,
  names: ConvNormNames,
  window: Partial<Window> = {},
): tf.Tensor4D =>
  frozenBatchNorm(
    conv2d(x, filterOf(weights, names.conv), window),
    normOf(weights, names.norm),
    NORM_EPSILON,
  );
