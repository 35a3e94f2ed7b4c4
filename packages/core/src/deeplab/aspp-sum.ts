import { tf } from "../tensor/tf.ts";
import type { CoarseHead, HeadShape } from "./head.ts";
import { SCORE_DEVIATION } from "./large-fov.ts";
import { type BiasedConv, biasedConv, biasedConvParameters } from "./layers.ts";

/** ASPP-L's rates at output stride 8; a coarser grid keeps the same reach in image pixels. */
const asppSumRates = (outputStride: number): readonly number[] =>
  [6, 12, 18, 24].map((rate) => Math.max(1, Math.round((rate * 8) / outputStride)));

/**
 * DeepLab v2's atrous spatial pyramid: the sum of dilated 3×3 convolutions, each straight to scores.
 *
 * features  [N, h, w, D]
 * returns   [N, h, w, L]  logits
 *
 * rates     dilations on the feature grid; default ASPP-L scaled to the output stride
 *
 * @see Chen et al. 2017 (DeepLab v2), section 3.2; deeplab-pytorch libs/models/deeplabv2.py, _ASPP
 */
export function asppSum(
  { inputs, labels, outputStride }: HeadShape,
  rates: readonly number[] = asppSumRates(outputStride),
): CoarseHead {
  const branches = rates.map((dilation, index): BiasedConv => ({
    name: `aspp.c${index}`,
    inputs,
    outputs: labels,
    kernel: 3,
    dilation,
    activation: "none",
    deviation: SCORE_DEVIATION,
  }));
  const infer: CoarseHead["infer"] = (weights, features) =>
    tf.tidy(() => tf.addN(branches.map((branch) => biasedConv(features, weights, branch))));
  return {
    parameters: branches.flatMap(biasedConvParameters),
    infer,
    train: (weights, features) => ({ logits: infer(weights, features), replacements: new Map() }),
  };
}
