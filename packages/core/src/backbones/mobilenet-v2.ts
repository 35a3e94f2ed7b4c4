import { tf } from "../tensor/tf.ts";
import type { Weights } from "../tensor/weights.ts";
import { type Backbone, denseTrunk, type OutputStride, type TapName, tapsOf } from "./backbone.ts";
import { type ConvNorm, convNorm, convNormParameters, normalisePixels } from "./layers.ts";

/** Expansion, output channels, blocks, stride. @see Sandler et al. 2018, table 2 */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

const STEM_CHANNELS = 32;
const HEAD_CHANNELS = 1280;
/** TensorFlow's padding is asymmetric at stride 2; with PyTorch's the weights lose a third of top-1. */
const CONVOLUTION = { padding: "same", epsilon: 1e-5 } as const;
const PIXELS = { mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5] };

/** Last stage of each tap. */
const TAP_STAGES: Readonly<Record<TapName, number>> = {
  conv2: 0,
  conv3: 1,
  conv4: 2,
  conv5: 4,
  conv6: 6,
};

interface Block {
  readonly stage: number;
  readonly layers: readonly ConvNorm[];
  /** Whether the input is added to the output. */
  readonly skip: boolean;
}

type Plain = Pick<ConvNorm, "inputs" | "outputs"> & Partial<ConvNorm>;

const layer = (conv: string, norm: string, facts: Plain): ConvNorm => ({
  kernel: 1,
  stride: 1,
  dilation: 1,
  depthwise: false,
  activation: "relu6",
  ...facts,
  conv,
  norm,
});

/** Inverted residual: widen, filter each channel, narrow. timm names conv_pw, conv_dw, conv_pwl. */
function blockLayers(
  name: string,
  {
    inputs,
    outputs,
    expansion,
    stride,
    dilation,
  }: Record<"inputs" | "outputs" | "expansion" | "stride" | "dilation", number>,
): ConvNorm[] {
  const wide = inputs * expansion;
  const spatial = { inputs: wide, outputs: wide, kernel: 3, stride, dilation, depthwise: true };
  if (expansion === 1) {
    return [
      layer(`${name}.conv_dw`, `${name}.bn1`, spatial),
      layer(`${name}.conv_pw`, `${name}.bn2`, { inputs, outputs, activation: "none" }),
    ];
  }
  return [
    layer(`${name}.conv_pw`, `${name}.bn1`, { inputs, outputs: wide }),
    layer(`${name}.conv_dw`, `${name}.bn2`, spatial),
    layer(`${name}.conv_pwl`, `${name}.bn3`, { inputs: wide, outputs, activation: "none" }),
  ];
}

/**
 * All blocks for an output stride. A stride that would go beyond it becomes dilation, from the next
 * block on: the first block of such a stage keeps the dilation before it, as in timm and torchvision.
 */
function blocksFor(outputStride: OutputStride): Block[] {
  const blocks: Block[] = [];
  let inputs = STEM_CHANNELS;
  let reached = 2;
  let dilation = 1;
  for (const [stage, [expansion, outputs, count, stageStride]] of STAGES.entries()) {
    const strides = reached * stageStride <= outputStride;
    for (let index = 0; index < count; index += 1) {
      const stride = index === 0 && strides ? stageStride : 1;
      const shape = { inputs, outputs, expansion, stride, dilation };
      blocks.push({
        stage,
        layers: blockLayers(`blocks.${stage}.${index}`, shape),
        skip: stride === 1 && inputs === outputs,
      });
      if (index === 0 && !strides) dilation *= stageStride;
      inputs = outputs;
    }
    if (strides) reached *= stageStride;
  }
  return blocks;
}

function runBlock(x: tf.Tensor4D, weights: Weights, { layers, skip }: Block): tf.Tensor4D {
  return tf.tidy(() => {
    const y = layers.reduce((input, each) => convNorm(input, weights, each, CONVOLUTION), x);
    return skip ? tf.add(x, y) : y;
  });
}

/**
 * MobileNetV2, width 1, timm's names.
 *
 * features  [N, H, W, 3] 0…255 → [N, h, w, 1280]  0…6, h = ceil(H / outputStride)
 * dense     [N, H, W, 3] 0…255 → [N, h, w, 320]   any real
 *
 * outputStride  16 or 8; strides beyond it become dilation
 * @see Sandler et al. 2018, table 2 and section 6.3
 */
export function mobilenetV2({ outputStride }: { readonly outputStride: OutputStride }): Backbone {
  const blocks = blocksFor(outputStride);
  const stem = layer("conv_stem", "bn1", {
    inputs: 3,
    outputs: STEM_CHANNELS,
    kernel: 3,
    stride: 2,
  });
  const last = layer("conv_head", "bn2", { inputs: STAGES.at(-1)![1], outputs: HEAD_CHANNELS });

  /** Output of every stage up to one. */
  const stages = (weights: Weights, images: tf.Tensor4D): tf.Tensor4D[] => {
    let x = convNorm(normalisePixels(images, PIXELS), weights, stem, CONVOLUTION);
    const outputs: tf.Tensor4D[] = [];
    for (const block of blocks) {
      x = runBlock(x, weights, block);
      outputs[block.stage] = x;
    }
    return outputs;
  };

  const tap = (stage: number): { channels: number; stride: number } => ({
    channels: STAGES[stage]![1],
    stride: Math.min(
      outputStride,
      STAGES.slice(0, stage + 1).reduce((all, [, , , stride]) => all * stride, 2),
    ),
  });
  const dense = denseTrunk({
    channels: last.inputs,
    stride: outputStride,
    parameters: [stem, ...blocks.flatMap(({ layers }) => layers)].flatMap(convNormParameters),
    fine: tap(TAP_STAGES.conv3),
    twoDepths: (weights, images) =>
      tf.tidy(() => {
        const outputs = stages(weights, images);
        return { coarse: outputs.at(-1)!, fine: outputs[TAP_STAGES.conv3]! };
      }),
  });
  return {
    name: "mobilenet-v2",
    outputStride,
    channels: HEAD_CHANNELS,
    stride: outputStride,
    padding: [128, 128, 128],
    parameters: [...dense.parameters, ...convNormParameters(last)],
    dense,
    normalise: (images) => normalisePixels(images, PIXELS),
    fresh: [],
    isFrozen: () => false,
    headDropout: 0,
    features: (weights, images) =>
      tf.tidy(() => convNorm(dense.features(weights, images), weights, last, CONVOLUTION)),
    taps: tapsOf((name) => tap(TAP_STAGES[name])),
    tapped: (weights, images) =>
      tf.tidy(() => {
        const outputs = stages(weights, images);
        return tapsOf((name) => outputs[TAP_STAGES[name]]!);
      }),
  };
}
