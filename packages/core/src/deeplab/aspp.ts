import { biasActivation } from "../tensor/activation.ts";
import { blendStatistic, foldNorm, type Norm, trainedBatchNorm } from "../tensor/batch-norm.ts";
import { conv2d } from "../tensor/conv.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";
import type { HeadShape, SegmentationHead } from "./head.ts";
import { SCORE_DEVIATION } from "./large-fov.ts";
import { type BiasedConv, biasedConv, biasedConvParameters } from "./layers.ts";

const EPSILON = 1e-5;
/** Rates at output stride 16; twice as large at 8. @see Chen et al. 2017 (DeepLab v3), section 3.3 */
const asppRates = (outputStride: number): readonly number[] =>
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
  {
    name: `${conv}.weight`,
    kind: "conv",
    role: "weight",
    shape: [outputs, inputs, kernel, kernel],
  },
  { name: `${norm}.weight`, kind: "vector", role: "norm-scale", shape: [outputs] },
  { name: `${norm}.bias`, kind: "vector", role: "norm-offset", shape: [outputs] },
  { name: `${norm}.running_mean`, kind: "vector", role: "norm-mean", shape: [outputs] },
  { name: `${norm}.running_var`, kind: "vector", role: "norm-variance", shape: [outputs] },
];

/** Runs one convolution + norm + relu, with fixed or with the batch's statistics. */
type Run = (x: tf.Tensor4D, weights: Weights, layer: NormedConv) => tf.Tensor4D;

const windowOf = ({ kernel, dilation }: NormedConv): { dilation: number; padding: number } =>
  kernel === 1 ? { dilation: 1, padding: 0 } : { dilation, padding: dilation };

function normNamed(weights: Weights, norm: string): Norm {
  const array = (suffix: string): tf.Tensor1D => weightOf(weights, `${norm}.${suffix}`);
  return {
    scale: array("weight"),
    offset: array("bias"),
    mean: array("running_mean"),
    variance: array("running_var"),
  };
}

const runFrozen: Run = (x, weights, layer) =>
  tf.tidy(() => {
    const { filter, bias } = foldNorm(
      weightOf(weights, `${layer.conv}.weight`),
      normNamed(weights, layer.norm),
      { epsilon: EPSILON, depthwise: false },
    );
    return biasActivation(conv2d(x, filter, windowOf(layer)), bias, "relu");
  });

function runTrained(replacements: Map<string, tf.Tensor>): Run {
  return (x, weights, layer) => {
    const { scale, offset, mean, variance } = normNamed(weights, layer.norm);
    const y = conv2d(x, weightOf(weights, `${layer.conv}.weight`), windowOf(layer));
    const { normalised, ...batch } = trainedBatchNorm(y, { scale, offset }, EPSILON);
    replacements.set(`${layer.norm}.running_mean`, blendStatistic(mean, batch.mean));
    replacements.set(`${layer.norm}.running_var`, blendStatistic(variance, batch.variance));
    tf.dispose([batch.mean, batch.variance]);
    return tf.relu(normalised);
  };
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
): SegmentationHead {
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
