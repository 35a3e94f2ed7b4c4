import type { ResNetPlan, ResNetStage } from "./resnet.ts";

const BLOCKS = { 50: [3, 4, 6, 3], 101: [3, 4, 23, 3] } as const;
export type ResNetDepth = keyof typeof BLOCKS;

const evenly = (blocks: number, dilation: number): number[] =>
  Array.from({ length: blocks }, () => dilation);

/** A published depth, or blocks a stage. */
type Blocks = ResNetDepth | readonly number[];

function stagesOf(
  depth: Blocks,
  strides: readonly (1 | 2)[],
  dilationsOf: (stage: number, blocks: number) => readonly number[],
): ResNetStage[] {
  const stages: readonly number[] = typeof depth === "number" ? BLOCKS[depth] : depth;
  return stages.map((blocks, stage) => ({
    blocks,
    stride: strides[stage]!,
    dilations: dilationsOf(stage, blocks),
  }));
}

/**
 * The classifier of irn: output stride 16 by leaving out the last stride, no dilation, no gradient
 * before the third stage.
 * @see irn net/resnet50_cam.py
 */
export const irnResNet = (depth: ResNetDepth): ResNetPlan => ({
  stages: stagesOf(depth, [1, 2, 2, 1], (_stage, blocks) => evenly(blocks, 1)),
  strideIn: "3x3",
  ceilPool: false,
  naming: "irn",
  width: 64,
  frozenStages: 2,
});

/**
 * DeepLab v2: output stride 8, every block of the last two stages dilated, strides in the first
 * 1 × 1 convolution. Fits weights converted from Caffe, not torchvision's.
 * @see Chen et al. 2017; deeplab-pytorch libs/models/deeplabv2.py
 */
export const deeplabV2ResNet = (depth: Blocks): ResNetPlan => ({
  stages: stagesOf(depth, [1, 2, 1, 1], (stage, blocks) => evenly(blocks, [1, 1, 2, 4][stage]!)),
  strideIn: "first-1x1",
  ceilPool: true,
  naming: "deeplab-pytorch",
  width: 64,
  frozenStages: 0,
});

/**
 * DeepLab v3+ of deeplab-pytorch: output stride 8 or 16, multi-grid in the last stage.
 * @see Chen et al. 2018, section 4; deeplab-pytorch libs/models/deeplabv3plus.py
 */
export const deeplabV3PlusResNet = (
  depth: Blocks,
  { outputStride, multiGrid }: { outputStride: 8 | 16; multiGrid: readonly number[] },
): ResNetPlan => {
  const strides = outputStride === 8 ? ([1, 2, 1, 1] as const) : ([1, 2, 2, 1] as const);
  const dilations = outputStride === 8 ? [1, 1, 2, 4] : [1, 1, 1, 2];
  return {
    stages: stagesOf(depth, strides, (stage, blocks) =>
      stage === 3
        ? multiGrid.slice(0, blocks).map((grid) => grid * dilations[stage]!)
        : evenly(blocks, dilations[stage]!),
    ),
    strideIn: "first-1x1",
    ceilPool: true,
    naming: "deeplab-pytorch",
    width: 64,
    frozenStages: 0,
  };
};

/**
 * torchvision's `replace_stride_with_dilation`: where a stride is replaced, the stage's first block
 * keeps the dilation of the stage before.
 * @see torchvision models/resnet.py, _make_layer
 */
export function torchvisionResNet(depth: ResNetDepth, outputStride: 8 | 16 | 32): ResNetPlan {
  const replaced = { 8: [false, false, true, true], 16: [false, false, false, true], 32: [] }[
    outputStride
  ];
  let dilation = 1;
  const stages = BLOCKS[depth].map((blocks, stage): ResNetStage => {
    const before = dilation;
    if (replaced[stage]) dilation *= 2;
    return {
      blocks,
      stride: stage === 0 || replaced[stage] ? 1 : 2,
      dilations: [before, ...evenly(blocks - 1, dilation)],
    };
  });
  return {
    stages,
    strideIn: "3x3",
    ceilPool: false,
    naming: "torchvision",
    width: 64,
    frozenStages: 0,
  };
}
