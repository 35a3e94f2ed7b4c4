import {
  type ConvNormNames,
  convNorm,
  convParameter,
  normParameters,
} from "../backbones/conv-norm.ts";
import { relu } from "../tensor/activation.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";
import { conv2d } from "../tensor/conv.ts";
import { trainedConvNorm } from "./trained-conv-norm.ts";

/** Sizes of a v3+ head. */
export interface V3PlusShape {
  /** Channels of the encoder's features; ResNet: 2048. */
  readonly inputs: number;
  /** Channels of the fine features, before and after the 1 × 1 convolution; ResNet: 256 → 48. */
  readonly fineInputs: number;
  readonly fineChannels: number;
  /** Width of everything else; 256. */
  readonly channels: number;
  readonly labels: number;
  /** Dilations of the pyramid on the feature grid; 6, 12, 18 at output stride 16. */
  readonly rates: readonly number[];
}

const both = (name: string): ConvNormNames => ({ conv: `${name}.conv`, norm: `${name}.bn` });
const branchName = (at: number): ConvNormNames => both(`aspp.stages.c${at}`);
const NAMES = {
  imagePool: both("aspp.stages.imagepool.conv"),
  project: both("fc1"),
  fine: both("reduce"),
  decoders: [both("fc2.conv1"), both("fc2.conv2")],
  score: "fc2.conv3",
} as const;

/**
 * Every array of the head, under deeplab-pytorch's names.
 *
 * returns   filters [O, I, kh, kw], norms and bias [O]
 *
 * @see Chen et al. 2018, figure 2; deeplab-pytorch libs/models/deeplabv3plus.py
 */
export function v3PlusParameters(shape: V3PlusShape): Parameter[] {
  const { inputs, channels, fineInputs, fineChannels, labels, rates } = shape;
  const layer = (
    { conv, norm }: ConvNormNames,
    [outputs, ...rest]: [number, number, number, number],
  ): Parameter[] => [convParameter(conv, [outputs, ...rest]), ...normParameters(norm, outputs)];
  return [
    ...layer(branchName(0), [channels, inputs, 1, 1]),
    ...rates.flatMap((_, at) => layer(branchName(at + 1), [channels, inputs, 3, 3])),
    ...layer(NAMES.imagePool, [channels, inputs, 1, 1]),
    ...layer(NAMES.project, [channels, channels * (rates.length + 2), 1, 1]),
    ...layer(NAMES.fine, [fineChannels, fineInputs, 1, 1]),
    ...layer(NAMES.decoders[0], [channels, channels + fineChannels, 3, 3]),
    ...layer(NAMES.decoders[1], [channels, channels, 3, 3]),
    convParameter(NAMES.score, [labels, channels, 1, 1]),
    { name: `${NAMES.score}.bias`, kind: "vector", role: "bias", shape: [labels] },
  ];
}

/** Runs a convolution, its norm and a relu; a dilation makes it a 3 × 3 that keeps the grid. */
export type V3PlusLayer = (
  x: tf.Tensor4D,
  weights: Weights,
  names: ConvNormNames,
  dilation?: number,
) => tf.Tensor4D;

const windowOf = (dilation: number | undefined) =>
  dilation === undefined ? {} : { dilation, padding: dilation };

/** With the norm's stored statistics. [N, h, w, I] → [N, h, w, O] @see Ioffe & Szegedy 2015 */
export const frozenLayer: V3PlusLayer = (x, weights, names, dilation) =>
  relu(convNorm(x, weights, names, windowOf(dilation)));

/** With the batch's statistics. [N, h, w, I] → [N, h, w, O] @see Ioffe & Szegedy 2015 */
export const trainedLayer =
  (replacements: Map<string, tf.Tensor>): V3PlusLayer =>
  (x, weights, names, dilation) =>
    trainedConvNorm(x, weights, names, { window: windowOf(dilation), replacements });

/**
 * Atrous spatial pyramid of v3+: 1 × 1, dilated 3 × 3s and the image's mean, side by side.
 *
 * features  [N, h, w, D]
 * returns   [N, h, w, channels · (rates + 2)]  ≥ 0
 *
 * @see Chen et al. 2018, figure 2; deeplab-pytorch libs/models/deeplabv3.py, _ASPP
 */
export function v3PlusPyramid(
  features: tf.Tensor4D,
  weights: Weights,
  rates: readonly number[],
  layer = frozenLayer,
): tf.Tensor4D {
  const [count, height, width] = features.shape;
  const mean: tf.Tensor4D = tf.mean(features, [1, 2], true); // [N, 1, 1, D]
  // One pixel of one image has no spread: this branch keeps its running statistics then.
  const imageLayer = count > 1 ? layer : frozenLayer;
  const pooled = resizeScores(imageLayer(mean, weights, NAMES.imagePool), {
    height,
    width,
    grid: "half-pixel",
  });
  const branches = rates.map((rate, at) => layer(features, weights, branchName(at + 1), rate));
  return tf.concat([layer(features, weights, branchName(0)), ...branches, pooled], 3);
}

/** The pyramid on one width again. [N, h, w, D'] → [N, h, w, channels]. @see Chen et al. 2018, figure 2 */
export const v3PlusProjection = (
  pyramid: tf.Tensor4D,
  weights: Weights,
  layer = frozenLayer,
): tf.Tensor4D => layer(pyramid, weights, NAMES.project);

/**
 * Decoder of v3+: coarse features joined with fine ones, then scores.
 *
 * coarse    [N, h, w, channels]
 * fine      [N, h', w', fineInputs]  of stride 4
 * returns   [N, h', w', L]
 *
 * @see Chen et al. 2018, section 3.2; deeplab-pytorch libs/models/deeplabv3plus.py
 */
export function v3PlusScores(
  coarse: tf.Tensor4D,
  fine: tf.Tensor4D,
  weights: Weights,
  layer = frozenLayer,
): tf.Tensor4D {
  const reduced = layer(fine, weights, NAMES.fine);
  const [, height, width] = reduced.shape;
  const enlarged = resizeScores(coarse, { height, width, grid: "half-pixel" });
  const joined = tf.concat([enlarged, reduced], 3);
  const decoded = NAMES.decoders.reduce((x, names) => layer(x, weights, names, 1), joined);
  return tf.add<tf.Tensor4D>(
    conv2d(decoded, weightOf(weights, `${NAMES.score}.weight`)),
    weightOf(weights, `${NAMES.score}.bias`),
  );
}

/** The decoder's scores at the asked size. → [N, H, W, L] @see deeplab-pytorch libs/models/deeplabv3plus.py */
export const v3PlusDecoder = (
  coarse: tf.Tensor4D,
  fine: tf.Tensor4D,
  weights: Weights,
  size: { readonly height: number; readonly width: number },
): tf.Tensor4D =>
  resizeScores(v3PlusScores(coarse, fine, weights), { ...size, grid: "half-pixel" });
