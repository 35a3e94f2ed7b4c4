import { resNetChannels, resNetParameters, resNetTaps } from "../../../backbones/resnet.ts";
import { deeplabV2ResNet, deeplabV3PlusResNet } from "../../../backbones/resnet-plans.ts";
import { asppSum } from "../../../deeplab/aspp-sum.ts";
import { deeplabV2, multiScaleLogits } from "../../../deeplab/deeplab-v2.ts";
import {
  v3PlusDecoder,
  v3PlusParameters,
  v3PlusProjection,
  v3PlusPyramid,
  type V3PlusShape,
} from "../../../deeplab/deeplab-v3-plus.ts";
import { segmentationLoss } from "../../../deeplab/segmentation-loss.ts";
import { sgdStep } from "../../../tensor/optimizer.ts";
import { resizeLabels } from "../../../tensor/resize.ts";
import { tf } from "../../../tensor/tf.ts";
import type { Weights } from "../../../tensor/weights.ts";
import type { GoldenFile } from "../golden-file.ts";
import {
  keptChannels,
  nchwValues,
  nhwc,
  oihwValues,
  scalarsOf,
  valuesOf,
  weightsNamed,
} from "../tensors.ts";
import type { Kernel, KernelOutputs } from "./kernel.ts";
import { formulaNetwork } from "./networks.ts";
import { slopesOf } from "./optimisers.ts";

/** Scores a pixel: outputs of the network's last layer. */
const labelsOf = (golden: GoldenFile): number => golden.extents("logits", 4)[1];

async function stagesOf(
  golden: GoldenFile,
  stem: tf.Tensor4D,
  stages: readonly tf.Tensor4D[],
): Promise<Record<string, KernelOutputs[string]>> {
  const outputs: Record<string, KernelOutputs[string]> = {};
  for (const [at, features] of [stem, ...stages].entries()) {
    const name = `layer${at + 1}`;
    outputs[name] = await keptChannels(golden, name, features, 8);
  }
  return outputs;
}

export const deeplabV2Formula: Kernel = async (golden) => {
  const plan = deeplabV2ResNet(golden.numbers("n_blocks"));
  const head = asppSum(
    { inputs: resNetChannels(plan), channels: 0, labels: labelsOf(golden), outputStride: 8 },
    golden.numbers("atrous_rates"),
  );
  const weights = formulaNetwork(golden, [...resNetParameters(plan), ...head.parameters]);
  const images = nhwc(golden, "input");
  const { stem, stages, logits } = deeplabV2(images, weights, { plan, head });
  const { fused } = multiScaleLogits(
    images,
    golden.numbers("msc_scales"),
    (scaled) => deeplabV2(scaled, weights, { plan, head }).logits,
  );
  return {
    ...(await stagesOf(golden, stem, stages)),
    logits: await nchwValues(logits),
    msc_logits: await nchwValues(fused),
  };
};

export const deeplabV3PlusFormula: Kernel = async (golden) => {
  const plan = deeplabV3PlusResNet(golden.numbers("n_blocks"), {
    outputStride: golden.number("output_stride") === 8 ? 8 : 16,
    multiGrid: golden.numbers("multi_grids"),
  });
  const rates = golden.numbers("atrous_rates");
  const shape: V3PlusShape = {
    inputs: resNetChannels(plan),
    fineInputs: 256,
    fineChannels: 48,
    channels: 256,
    labels: labelsOf(golden),
    rates,
  };
  const weights = formulaNetwork(golden, [...resNetParameters(plan), ...v3PlusParameters(shape)]);
  const images = nhwc(golden, "input");
  const network = (input: tf.Tensor4D): tf.Tensor4D => {
    const { stages } = resNetTaps(input, weights, plan);
    const coarse = v3PlusProjection(v3PlusPyramid(stages.at(-1)!, weights, rates), weights);
    const [, height, width] = input.shape;
    return v3PlusDecoder(coarse, stages[0]!, weights, { height, width });
  };
  const { stem, stages } = resNetTaps(images, weights, plan);
  const { perScale, fused } = multiScaleLogits(images, golden.numbers("msc_scales"), network);
  return {
    ...(await stagesOf(golden, stem, stages)),
    logits: await nchwValues(perScale[0]!),
    msc_logits: await nchwValues(fused),
  };
};

export const deeplabV3PlusHead: Kernel = async (golden) => {
  const [, inputs] = golden.extents("input", 4);
  const [, fineInputs] = golden.extents("low_level", 4);
  const rates = golden.numbers("rates");
  const parameters = v3PlusParameters({
    inputs,
    fineInputs,
    fineChannels: golden.number("reduce_ch"),
    channels: golden.number("out_ch"),
    labels: golden.number("n_classes"),
    rates,
  });
  const weights = weightsNamed(
    golden,
    parameters.map(({ name }) => name),
  );
  const [height = 0, width = 0] = golden.numbers("size");
  const pyramid = v3PlusPyramid(nhwc(golden, "input"), weights, rates);
  const coarse = v3PlusProjection(pyramid, weights);
  const output = v3PlusDecoder(coarse, nhwc(golden, "low_level"), weights, { height, width });
  return {
    aspp: await nchwValues(pyramid),
    fc1: await nchwValues(coarse),
    output: await nchwValues(output),
  };
};

/** Two steps of DeepLab v2's pyramid with real momentum. */
export const deeplabV2AsppSgd: Kernel = async (golden) => {
  const features = nhwc(golden, "input");
  const [count, height, width] = golden.extents("labels", 3);
  const labels = tf.tensor3d(Int32Array.from(golden.u8("labels")), [count, height, width], "int32");
  const [, gridHeight, gridWidth] = features.shape;
  const small = resizeLabels(labels, { height: gridHeight, width: gridWidth });
  const head = asppSum(
    {
      inputs: features.shape[3],
      channels: 0,
      labels: golden.extents("output", 4)[1],
      outputStride: 8,
    },
    golden.numbers("rates"),
  );
  const names = head.parameters.map(({ name }) => name);
  let weights: Weights = weightsNamed(golden, names);
  let memory: Weights = new Map();
  const lossOf = (current: Weights, x: tf.Tensor4D) =>
    segmentationLoss(head.infer(current, x), small);
  const start = weights;
  const rate = golden.number("lr");
  const rules = head.parameters.map(({ name, role }) => {
    const part = role === "bias" ? "biases" : "weights";
    return {
      name,
      learningRateFactor: golden.number(`lr_${part}`) / rate,
      weightDecay: golden.number(`weight_decay_${part}`),
    };
  });
  const outputs: Record<string, KernelOutputs[string]> = {
    output: await nchwValues(head.infer(weights, features)),
    labels_small: await valuesOf(small),
    grad_input: await nchwValues(tf.grad((x) => lossOf(start, x as tf.Tensor4D))(features)),
  };
  const losses: number[] = [];
  for (const step of [1, 2]) {
    const { value, gradients } = slopesOf(weights, names, (current) => lossOf(current, features));
    losses.push(...(await scalarsOf([value])));
    if (step === 1) {
      outputs.grad_c0_weight = await oihwValues(gradients.get("aspp.c0.weight")!);
      outputs.grad_c1_bias = await valuesOf(gradients.get("aspp.c1.bias")!);
    }
    ({ weights, memory } = sgdStep(
      { weights, gradients, memory, rules, learningRate: rate },
      { momentum: golden.number("momentum"), nesterov: false },
    ));
    outputs[`after${step}:aspp.c0.weight`] = await oihwValues(weights.get("aspp.c0.weight")!);
    outputs[`after${step}:aspp.c1.bias`] = await valuesOf(weights.get("aspp.c1.bias")!);
  }
  return { ...outputs, losses };
};
