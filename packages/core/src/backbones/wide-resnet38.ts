import { relu } from "../tensor/activation.ts";
import { frozenBatchNorm } from "../tensor/batch-norm.ts";
import { conv2d } from "../tensor/conv.ts";
import { tf } from "../tensor/tf.ts";
import type { Parameter, Weights } from "../tensor/weights.ts";
import type { ChannelDropout } from "./backbone.ts";
import {
  convNorm,
  convParameter,
  filterOf,
  NORM_EPSILON,
  normOf,
  normParameters,
} from "./conv-norm.ts";

/**
 * WideResNet-38, "model A1", dilated to output stride 8: norms before convolutions, no pooling.
 * @see Wu et al. 2019 (Wider or Deeper); psa network/resnet38d.py
 */

/** Two 3 × 3 convolutions. */
interface PlainBlock {
  readonly kind: "plain";
  readonly input: number;
  readonly middle: number;
  readonly output: number;
  readonly stride: 1 | 2;
  /** Of the first and the second convolution. */
  readonly dilations: readonly [number, number];
}

/** 1 × 1, 3 × 3 and 1 × 1 convolutions, with dropout while training. */
interface BottleneckBlock {
  readonly kind: "bottleneck";
  readonly input: number;
  readonly output: number;
  readonly stride?: 1 | 2;
  readonly dilation: number;
  readonly dropout: number;
}

export type WideResNetBlock = PlainBlock | BottleneckBlock;

const plain = (
  input: number,
  middle: number,
  output: number,
  { stride = 1, dilations = [1, 1] as const }: Partial<PlainBlock> = {},
): PlainBlock => ({ kind: "plain", input, middle, output, stride, dilations });

const repeated = (name: string, count: number, block: PlainBlock): [string, PlainBlock][] =>
  Array.from({ length: count }, (_, at) => [`${name}_${at + 1}`, block]);

/** Every block by its name, in order. */
export const WIDE_RESNET38_BLOCKS: readonly (readonly [string, WideResNetBlock])[] = [
  ["b2", plain(64, 128, 128, { stride: 2 })],
  ...repeated("b2", 2, plain(128, 128, 128)),
  ["b3", plain(128, 256, 256, { stride: 2 })],
  ...repeated("b3", 2, plain(256, 256, 256)),
  ["b4", plain(256, 512, 512, { stride: 2 })],
  ...repeated("b4", 5, plain(512, 512, 512)),
  ["b5", plain(512, 512, 1024, { dilations: [1, 2] })],
  ...repeated("b5", 2, plain(1024, 512, 1024, { dilations: [2, 2] })),
  ["b6", { kind: "bottleneck", input: 1024, output: 2048, dilation: 4, dropout: 0.3 }],
  ["b7", { kind: "bottleneck", input: 2048, output: 4096, dilation: 4, dropout: 0.5 }],
];

export const WIDE_RESNET38_CHANNELS = 4096;
const STEM_CHANNELS = 64;

function blockParameters(name: string, block: WideResNetBlock): Parameter[] {
  const { input, output } = block;
  const norm = (branch: string, channels: number) =>
    normParameters(`${name}.bn_branch${branch}`, channels);
  const conv = (branch: string, shape: readonly number[]) =>
    convParameter(`${name}.conv_branch${branch}`, shape);
  if (block.kind === "plain") {
    const { middle, stride } = block;
    const projects = input !== output || stride !== 1;
    return [
      ...norm("2a", input),
      conv("2a", [middle, input, 3, 3]),
      ...norm("2b1", middle),
      conv("2b1", [output, middle, 3, 3]),
      ...(projects ? [conv("1", [output, input, 1, 1])] : []),
    ];
  }
  const [quarter, half] = [output / 4, output / 2];
  return [
    ...norm("2a", input),
    conv("2a", [quarter, input, 1, 1]),
    ...norm("2b1", quarter),
    conv("2b1", [half, quarter, 3, 3]),
    ...norm("2b2", half),
    conv("2b2", [output, half, 1, 1]),
    conv("1", [output, input, 1, 1]),
  ];
}

/** Every array of the network, in the release's names. */
export const wideResNet38Parameters = (): Parameter[] => [
  convParameter("conv1a", [STEM_CHANNELS, 3, 3, 3]),
  ...WIDE_RESNET38_BLOCKS.flatMap(([name, block]) => blockParameters(name, block)),
  ...normParameters("bn7", WIDE_RESNET38_CHANNELS),
];

/** Norm with fixed statistics, then relu. x [N, h, w, D] → [N, h, w, D] ≥ 0 */
const activate = (x: tf.Tensor4D, weights: Weights, name: string): tf.Tensor4D =>
  relu(frozenBatchNorm(x, normOf(weights, name), NORM_EPSILON));

export interface BlockOutput {
  /** Input after its norm and relu: what later heads tap. */
  readonly activated: tf.Tensor4D;
  readonly output: tf.Tensor4D;
}

/**
 * One pre-activation block; its shortcut starts from the activated input.
 *
 * x         [N, H, W, I]
 * returns   activated [N, H, W, I] ≥ 0 and output [N, h, w, O]
 *
 * @see psa network/resnet38d.py, ResBlock and ResBlock_bot
 */
export function wideResNetBlock(
  x: tf.Tensor4D,
  weights: Weights,
  [name, block]: readonly [string, WideResNetBlock],
  dropout: ChannelDropout | null,
): BlockOutput {
  const prefix = name === "" ? "" : `${name}.`;
  const conv = (branch: string) => `${prefix}conv_branch${branch}`;
  const norm = (branch: string) => `${prefix}bn_branch${branch}`;
  const activated = activate(x, weights, norm("2a"));
  const next = (features: tf.Tensor4D, from: string, to: string, window = {}) =>
    relu(convNorm(features, weights, { conv: conv(from), norm: norm(to) }, window));
  const projects = weights.has(`${conv("1")}.weight`);

  if (block.kind === "plain") {
    const [first, second] = block.dilations;
    const { stride } = block;
    const middle = next(activated, "2a", "2b1", { stride, dilation: first, padding: first });
    const main = conv2d(middle, filterOf(weights, conv("2b1")), {
      dilation: second,
      padding: second,
    });
    const shortcut = projects ? conv2d(activated, filterOf(weights, conv("1")), { stride }) : x;
    return { activated, output: tf.add(main, shortcut) };
  }
  const { dilation, stride = 1 } = block;
  const drop = (features: tf.Tensor4D) =>
    dropout === null ? features : dropout(features, block.dropout);
  const narrow = drop(next(activated, "2a", "2b1", { stride }));
  const middle = drop(next(narrow, "2b1", "2b2", { dilation, padding: dilation }));
  const main = conv2d(middle, filterOf(weights, conv("2b2")));
  const shortcut = conv2d(activated, filterOf(weights, conv("1")), { stride });
  return { activated, output: tf.add(main, shortcut) };
}

export interface WideResNet38Taps {
  /** [N, H/2, W/2, 128] */
  readonly conv2: tf.Tensor4D;
  /** [N, H/4, W/4, 256] */
  readonly conv3: tf.Tensor4D;
  /** [N, H/8, W/8, 512] ≥ 0 */
  readonly conv4: tf.Tensor4D;
  /** [N, H/8, W/8, 1024] ≥ 0 */
  readonly conv5: tf.Tensor4D;
  /** [N, H/8, W/8, 4096] ≥ 0 */
  readonly conv6: tf.Tensor4D;
}

/**
 * Features of five depths.
 *
 * images    [N, H, W, 3]  normalised as in ImageNet training
 * returns   conv2 at stride 2; conv3 at stride 4; conv4, conv5, conv6 at stride 8
 *
 * @see psa network/resnet38d.py, forward_as_dict
 */
export function wideResNet38Taps(
  images: tf.Tensor4D,
  weights: Weights,
  dropout: ChannelDropout | null,
): WideResNet38Taps {
  let features = conv2d(images, filterOf(weights, "conv1a"), { padding: 1 });
  const outputs = new Map<string, BlockOutput>();
  for (const named of WIDE_RESNET38_BLOCKS) {
    const output = wideResNetBlock(features, weights, named, dropout);
    outputs.set(named[0], output);
    features = output.output;
  }
  return {
    conv2: outputs.get("b2_2")!.output,
    conv3: outputs.get("b3_2")!.output,
    conv4: outputs.get("b5")!.activated,
    conv5: outputs.get("b6")!.activated,
    conv6: activate(features, weights, "bn7"),
  };
}
