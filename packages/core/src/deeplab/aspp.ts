import { convParameter, normOf, normParameters, NORM_EPSILON } from "../backbones/conv-norm.ts";
import { biasActivation } from "../tensor/activation.ts";
import { foldNorm } from "../tensor/batch-norm.ts";
import { conv2d } from "../tensor/conv.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";
import type { CoarseHead, HeadShape } from "./head.ts";
import { SCORE_DEVIATION } from "./large-fov.ts";
import { type BiasedConv, biasedConv, biasedConvParameters } from "./layers.ts";
import { trainedConvNorm } from "./trained-conv-norm.ts";

/** Dilations on the feature grid [h, w]: 6, 12, 18 at output stride 16, twice as large at 8. @see Chen et al. 2017 (DeepLab v3), section 3.3 */
export const asppRates = (outputStride: number): readonly number[] =>
  [6, 12, 18].map((rate) => Math.max(1, Math.round((rate * 16) / outputStride)));

interface NormedConv {
  readonly conv: string;
  readonly norm: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: 1 | 3;
  readonly dilation: number;
}

const normedConvParameters = ({ conv, norm, inputs, outputs, kernel }: NormedConv): Parameter[] => [
  convParameter(conv, [outputs, inputs, kernel, kernel]),
  ...normParameters(norm, outputs),
];

/** Runs one convolution + norm + relu, with fixed or with the batch's statistics. */
type Run = (x: tf.Tensor4D, weights: Weights, layer: NormedConv) => tf.Tensor4D;

const windowOf = ({ kernel, dilation }: NormedConv): { dilation: number; padding: number } =>
  kernel === 1 ? { dilation: 1, padding: 0 } : { dilation, padding: dilation };

const runFrozen: Run = (x, weights, layer) =>
  tf.tidy(() => {
    const { filter, bias } = foldNorm(
      weightOf(weights, `${layer.conv}.weight`),
      normOf(weights, layer.norm),
      { epsilon: NORM_EPSILON, depthwise: false },
    );
    return biasActivation(conv2d(x, filter, windowOf(layer)), bias, "relu");
  });

function runTrained(replacements: Map<string, tf.Tensor>): Run {
  return (x, weights, layer) =>
    trainedConvNorm(x, weights, layer, { window: windowOf(layer), replacements });
}

/**
 * DeepLab v3's atrous spatial pyramid: a 1×1, dilated 3×3s and the image's mean, each normalised,
 * joined and projected, then scores.
 *
 * features  [N, h, w, D]
 * returns   [N, h, w, L]  logits
 *
 * rates     dilations on the feature grid; default 6, 12, 18 at output stride 16
 *
 * @see Chen et al. 2017 (DeepLab v3), section 3.3; DeepLabV3Plus-Pytorch network/_deeplab.py, ASPP
 */
export function aspp(
  { inputs, channels, labels, outputStride }: HeadShape,
  rates: readonly number[] = asppRates(outputStride),
): CoarseHead {
  const layer = (conv: string, facts: Partial<NormedConv>): NormedConv => ({
    conv: `${conv}.0`,
    norm: `${conv}.1`,
    inputs,
    outputs: channels,
    kernel: 1,
    dilation: 1,
    ...facts,
  });
  const branches = [
    layer("aspp.convs.0", {}),
    ...rates.map((dilation, at) => layer(`aspp.convs.${at + 1}`, { kernel: 3, dilation })),
  ];
  const pooling = "aspp.convs.4";
  const image = { ...layer(pooling, {}), conv: `${pooling}.1`, norm: `${pooling}.2` };
  const project = layer("aspp.project", { inputs: channels * (branches.length + 1) });
  const score: BiasedConv = {
    name: "score",
    inputs: channels,
    outputs: labels,
    kernel: 1,
    dilation: 1,
    activation: "none",
    deviation: SCORE_DEVIATION,
  };

  const forward = (
    run: Run,
    runImage: Run,
    weights: Weights,
    features: tf.Tensor4D,
  ): tf.Tensor4D => {
    const [, height, width] = features.shape;
    const mean: tf.Tensor4D = tf.mean(features, [1, 2], true); // [N, h, w, D] -> [N, 1, 1, D]
    const spread = resizeScores(runImage(mean, weights, image), {
      height,
      width,
      grid: "half-pixel",
    });
    const joined = tf.concat(
      [...branches.map((branch) => run(features, weights, branch)), spread],
      3,
    );
    return biasedConv(run(joined, weights, project), weights, score);
  };

  return {
    parameters: [
      ...[...branches, image, project].flatMap(normedConvParameters),
      ...biasedConvParameters(score),
    ],
    infer: (weights, features) => tf.tidy(() => forward(runFrozen, runFrozen, weights, features)),
    train(weights, features) {
      const replacements = new Map<string, tf.Tensor>();
      // One pixel of one image has no spread: the image's branch keeps its running statistics then.
      const run = runTrained(replacements);
      const runImage = features.shape[0] > 1 ? run : runFrozen;
      return { logits: forward(run, runImage, weights, features), replacements };
    },
  };
}
