import { type ConvNormNames, filterOf, normOf, NORM_EPSILON } from "../backbones/conv-norm.ts";
import { relu } from "../tensor/activation.ts";
import { blendStatistic, trainedBatchNorm } from "../tensor/batch-norm.ts";
import { conv2d } from "../tensor/conv.ts";
import type { Window } from "../tensor/conv-geometry.ts";
import { tf } from "../tensor/tf.ts";
import type { Weights } from "../tensor/weights.ts";

/**
 * Convolution, batch norm with the batch's own statistics, relu.
 *
 * x             [N, h, w, I]
 * returns       [N, h, w, O]  ≥ 0
 *
 * replacements  gets the running statistics after this batch, kept tensors by array name
 *
 * @see Ioffe & Szegedy 2015, algorithm 1
 */
export function trainedConvNorm(
  x: tf.Tensor4D,
  weights: Weights,
  names: ConvNormNames,
  {
    window,
    replacements,
  }: { readonly window: Partial<Window>; readonly replacements: Map<string, tf.Tensor> },
): tf.Tensor4D {
  const { scale, offset, mean, variance } = normOf(weights, names.norm);
  const y = conv2d(x, filterOf(weights, names.conv), window);
  const { normalised, ...batch } = trainedBatchNorm(y, { scale, offset }, NORM_EPSILON);
  replacements.set(`${names.norm}.running_mean`, blendStatistic(mean, batch.mean));
  replacements.set(`${names.norm}.running_var`, blendStatistic(variance, batch.variance));
  tf.dispose([batch.mean, batch.variance]);
  return relu(normalised);
}
