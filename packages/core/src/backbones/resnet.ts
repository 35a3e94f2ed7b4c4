import { relu } from "../tensor/activation.ts";
import { detach } from "../tensor/detach.ts";
import { maxPool } from "../tensor/pool.ts";
import { tf } from "../tensor/tf.ts";
import type { Parameter, Weights } from "../tensor/weights.ts";
import { type ConvNormNames, convNorm, convParameter, normParameters } from "./conv-norm.ts";
import { type BottleneckNames, RESNET_NAMES, type ResNetNaming } from "./resnet-names.ts";

/** One stage of bottlenecks. */
export interface ResNetStage {
  readonly blocks: number;
  /** Of the first block. */
  readonly stride: 1 | 2;
  /** Of the 3 × 3 convolution, by block. */
  readonly dilations: readonly number[];
}

/** A ResNet as a paper's code runs it: equal weights, other strides, dilations and pooling. */
export interface ResNetPlan {
  readonly stages: readonly ResNetStage[];
  /** `3x3` as in torchvision and irn; `first-1x1` as in Caffe, MSRA and deeplab-pytorch. */
  readonly strideIn: "3x3" | "first-1x1";
  /** Whether max pooling keeps a last, hanging window (Caffe). */
  readonly ceilPool: boolean;
  readonly naming: ResNetNaming;
  /** Channels after the stem; stage s has planes of this times 2^s. 64 but in tests. */
  readonly width: number;
  /** Stages, from the front, that get no gradient (irn stops after the second). */
  readonly frozenStages: number;
}

const EXPANSION = 4;
const STEM_STRIDE = 4;

const channelsOf = (plan: ResNetPlan, stage: number): number => plan.width * 2 ** stage * EXPANSION;

/** Feature channels after the last stage. */
export const resNetChannels = (plan: ResNetPlan): number =>
  channelsOf(plan, plan.stages.length - 1);

/** Input pixels per feature after the last stage. */
export const resNetOutputStride = (plan: ResNetPlan): number =>
  plan.stages.reduce((stride, stage) => stride * stage.stride, STEM_STRIDE);

const convNormParameters = (names: ConvNormNames, shape: readonly number[]): Parameter[] => [
  convParameter(names.conv, shape),
  ...normParameters(names.norm, shape[0]!),
];

function bottleneckParameters(
  names: BottleneckNames,
  { input, planes, output }: { input: number; planes: number; output: number },
  first: boolean,
): Parameter[] {
  return [
    ...convNormParameters(names.reduce, [planes, input, 1, 1]),
    ...convNormParameters(names.conv3x3, [planes, planes, 3, 3]),
    ...convNormParameters(names.increase, [output, planes, 1, 1]),
    ...(first ? convNormParameters(names.shortcut, [output, input, 1, 1]) : []),
  ];
}

/** Every array of the network, in the reference's names and order. */
export function resNetParameters(plan: ResNetPlan): Parameter[] {
  const names = RESNET_NAMES[plan.naming];
  return [
    ...convNormParameters(names.stem, [plan.width, 3, 7, 7]),
    ...plan.stages.flatMap(({ blocks }, stage) =>
      Array.from({ length: blocks }, (_, block) =>
        bottleneckParameters(
          names.block(stage, block),
          {
            input: block > 0 ? channelsOf(plan, stage) : stemOrStage(plan, stage),
            planes: plan.width * 2 ** stage,
            output: channelsOf(plan, stage),
          },
          block === 0,
        ),
      ).flat(),
    ),
  ];
}

const stemOrStage = (plan: ResNetPlan, stage: number): number =>
  stage === 0 ? plan.width : channelsOf(plan, stage - 1);

/**
 * Residual block of 1 × 1, 3 × 3 and 1 × 1 convolutions.
 *
 * x         [N, H, W, I]
 * returns   [N, h, w, O]  ≥ 0
 *
 * @see He et al. 2016, figure 5 right
 */
export function bottleneck(
  x: tf.Tensor4D,
  weights: Weights,
  names: BottleneckNames,
  block: { stride: number; dilation: number; strideIn: ResNetPlan["strideIn"] },
): tf.Tensor4D {
  const early = block.strideIn === "first-1x1" ? block.stride : 1;
  const late = block.strideIn === "3x3" ? block.stride : 1;
  const { dilation } = block;
  const reduced = relu(convNorm(x, weights, names.reduce, { stride: early }));
  const middle = relu(
    convNorm(reduced, weights, names.conv3x3, { stride: late, dilation, padding: dilation }),
  );
  const increased = convNorm(middle, weights, names.increase);
  const hasShortcut = weights.has(`${names.shortcut.conv}.weight`);
  const shortcut = hasShortcut ? convNorm(x, weights, names.shortcut, { stride: block.stride }) : x;
  return relu(tf.add<tf.Tensor4D>(increased, shortcut));
}

/** Stem convolution before pooling. images [N, H, W, 3] → [N, H/2, W/2, width]. @see He et al. 2016, table 1 */
export const resNetStemConv = (
  images: tf.Tensor4D,
  weights: Weights,
  plan: ResNetPlan,
): tf.Tensor4D =>
  relu(convNorm(images, weights, RESNET_NAMES[plan.naming].stem, { stride: 2, padding: 3 }));

/** Stem with pooling. images [N, H, W, 3] → [N, h, w, width] at stride 4. @see He et al. 2016, table 1 */
export const resNetStem = (images: tf.Tensor4D, weights: Weights, plan: ResNetPlan): tf.Tensor4D =>
  maxPool(resNetStemConv(images, weights, plan), {
    window: 3,
    stride: 2,
    padding: 1,
    ceilMode: plan.ceilPool,
  });

/** All blocks of one stage, from 0. x [N, H, W, I] → [N, h, w, O]. @see He et al. 2016, table 1 */
export function resNetStage(
  x: tf.Tensor4D,
  weights: Weights,
  plan: ResNetPlan,
  stage: number,
): tf.Tensor4D {
  const { dilations, stride } = plan.stages[stage]!;
  return dilations.reduce(
    (features, dilation, block) =>
      bottleneck(features, weights, RESNET_NAMES[plan.naming].block(stage, block), {
        stride: block === 0 ? stride : 1,
        dilation,
        strideIn: plan.strideIn,
      }),
    x,
  );
}

/**
 * Features of every depth.
 *
 * images    [N, H, W, 3]  normalised
 * returns   stem [N, h, w, width] and one map a stage, all ≥ 0
 *
 * @see He et al. 2016, table 1; irn net/resnet50.py; deeplab-pytorch libs/models/resnet.py
 */
export function resNetTaps(
  images: tf.Tensor4D,
  weights: Weights,
  plan: ResNetPlan,
): { stem: tf.Tensor4D; stages: tf.Tensor4D[] } {
  const stem = resNetStem(images, weights, plan);
  const stages: tf.Tensor4D[] = [];
  let features = stem;
  for (const stage of plan.stages.keys()) {
    const input = stage > 0 && stage === plan.frozenStages ? detach(features) : features;
    features = resNetStage(input, weights, plan, stage);
    stages.push(features);
  }
  return { stem, stages };
}
