import { z } from "zod";
import { convParameter } from "../../../backbones/conv-norm.ts";
import { formulaWeights } from "../../../backbones/formula-weights.ts";
import {
  bottleneck,
  resNetChannels,
  type ResNetPlan,
  resNetParameters,
  resNetStage,
  resNetStem,
  resNetStemConv,
  resNetTaps,
} from "../../../backbones/resnet.ts";
import { irnResNet } from "../../../backbones/resnet-plans.ts";
import {
  WIDE_RESNET38_CHANNELS,
  type WideResNetBlock,
  wideResNet38Parameters,
  wideResNet38Taps,
  wideResNetBlock,
} from "../../../backbones/wide-resnet38.ts";
import { conv2d } from "../../../tensor/conv.ts";
import { multiLabelSoftMarginLoss } from "../../../classifier/multilabel-loss.ts";
import { sgdStep } from "../../../tensor/optimizer.ts";
import { tf } from "../../../tensor/tf.ts";
import { type Parameter, type Weights, weightsFromStateDict } from "../../../tensor/weights.ts";
import type { GoldenFile } from "../golden-file.ts";
import {
  keptChannels,
  matrix,
  nchwValues,
  nhwc,
  oihwValues,
  samplingOf,
  valuesOf,
  weightsNamed,
} from "../tensors.ts";
import type { Kernel, KernelOutputs } from "./kernel.ts";
import { slopesOf } from "./optimisers.ts";

const stateDictSchema = z.array(z.tuple([z.string(), z.array(z.int())]));

/** A full-width network's weights by formula; the file's names and ours must be the same set. */
export const formulaNetwork = (golden: GoldenFile, parameters: readonly Parameter[]): Weights =>
  weightsFromStateDict(
    parameters,
    formulaWeights(golden.param("state_dict", stateDictSchema), {
      baseSeed: golden.number("base_seed"),
      gain: golden.number("gain"),
    }),
    `parity: ${golden.name}`,
  );

export const formulaWeightsCheck: Kernel = (golden) => {
  const weights = formulaWeights(
    [...golden.rules.keys()].map((name) => [name, golden.shape(name)] as const),
    { baseSeed: golden.number("base_seed"), gain: golden.number("gain") },
  );
  return Object.fromEntries([...weights].map(([name, { data }]) => [name, data]));
};

const BOTTLENECK_NAMES = {
  reduce: { conv: "conv1", norm: "bn1" },
  conv3x3: { conv: "conv2", norm: "bn2" },
  increase: { conv: "conv3", norm: "bn3" },
  shortcut: { conv: "downsample.0", norm: "downsample.1" },
} as const;

const normNames = (norm: string): string[] =>
  ["weight", "bias", "running_mean", "running_var"].map((part) => `${norm}.${part}`);

export const irnBottleneck: Kernel = async (golden) => {
  const names = Object.values(BOTTLENECK_NAMES);
  const weights = weightsNamed(
    golden,
    names.flatMap(({ conv, norm }) => [`${conv}.weight`, ...normNames(norm)]),
  );
  const learned = ["conv2.weight", "bn2.weight", "bn2.bias"];
  const run = (x: tf.Tensor, ...changed: tf.Tensor[]) =>
    bottleneck(
      x as tf.Tensor4D,
      new Map([...weights, ...learned.map((name, at) => [name, changed[at]!] as const)]),
      BOTTLENECK_NAMES,
      { stride: golden.number("stride"), dilation: golden.number("dilation"), strideIn: "3x3" },
    );
  const inputs = [nhwc(golden, "input"), ...learned.map((name) => weights.get(name)!)] as const;
  const [input, conv2, scale, offset] = tf.grads(run)([...inputs], nhwc(golden, "grad_output"));
  return {
    output: await nchwValues(run(...inputs)),
    grad_input: await nchwValues(input!),
    grad_conv2: await oihwValues(conv2!),
    grad_bn2_weight: await valuesOf(scale!),
    grad_bn2_bias: await valuesOf(offset!),
  };
};

export const deeplabStemLayer: Kernel = async (golden) => {
  const [blocks = 0, , , stride = 1, dilation = 1] = golden.numbers("res_layer");
  const plan: ResNetPlan = {
    stages: [
      {
        blocks,
        stride: stride === 2 ? 2 : 1,
        dilations: Array.from({ length: blocks }, () => dilation),
      },
    ],
    strideIn: "first-1x1",
    ceilPool: true,
    naming: "deeplab-pytorch",
    width: golden.number("stem_ch"),
    frozenStages: 0,
  };
  const weights = weightsNamed(
    golden,
    resNetParameters(plan).map(({ name }) => name),
  );
  const images = nhwc(golden, "input");
  const stem = resNetStem(images, weights, plan);
  return {
    conv1_out: await nchwValues(resNetStemConv(images, weights, plan)),
    stem_out: await nchwValues(stem),
    output: await nchwValues(resNetStage(stem, weights, plan, 0)),
  };
};

const HEAD = "classifier.weight";

/** irn's ResNet-50 classifier: features, one step of its optimiser, and the logits after it. */
export const resNet50Formula: Kernel = async (golden) => {
  const plan = irnResNet(50);
  const [, classes] = golden.extents("label", 2);
  const head = convParameter("classifier", [classes, resNetChannels(plan), 1, 1]);
  const parameters = [...resNetParameters(plan), head];
  const weights = formulaNetwork(golden, parameters);
  const images = nhwc(golden, "input");
  const labels = matrix(golden, "label");
  const classMaps = (features: tf.Tensor4D, current: Weights) =>
    conv2d(features, current.get(HEAD) as tf.Tensor4D);
  const logitsOf = (current: Weights): tf.Tensor2D => {
    const features = resNetTaps(images, current, plan).stages.at(-1)!;
    return tf.mean(classMaps(features, current), [1, 2]);
  };

  const { stages } = resNetTaps(images, weights, plan);
  const maps = classMaps(stages.at(-1)!, weights);
  // irn adds the second image of the pair, mirrored.
  const [image, mirrored] = [0, 1].map((at) => tf.slice(tf.relu(maps), [at, 0, 0, 0], [1]));
  const trained = golden.param("grad_names", z.array(z.string()));
  const { value, gradients } = slopesOf(weights, trained, (current) =>
    multiLabelSoftMarginLoss(logitsOf(current), labels),
  );
  const [backboneRate = 0, headRate = 0] = golden.numbers("lr");
  const stepped = sgdStep(
    {
      weights,
      gradients,
      memory: new Map(),
      rules: trained.map((name) => ({
        name,
        learningRateFactor: name === HEAD ? headRate / backboneRate : 1,
        weightDecay: golden.number("weight_decay"),
      })),
      learningRate: backboneRate,
    },
    { momentum: 0, nesterov: false },
  ).weights;

  const outputs: Record<string, KernelOutputs[string]> = {
    logits: await valuesOf(tf.mean(maps, [1, 2])),
    cam: await nchwValues(tf.add(image!, tf.reverse(mirrored!, 2))),
    loss: await valuesOf(value),
    logits_after_step: await valuesOf(logitsOf(stepped)),
    grad_l2: await Promise.all(
      trained.map(async (name) => (await tf.norm(gradients.get(name)!).data())[0]!),
    ),
  };
  for (const [at, stage] of stages.entries()) {
    const name = `stage${at + 1}`;
    outputs[name] = await keptChannels(golden, name, stage, at === 3 ? 16 : 8);
  }
  for (const name of golden.rules.keys()) {
    const [kind, parameter] = name.split(":");
    if (parameter === undefined) continue;
    const tensor = (kind === "grad" ? gradients : stepped).get(parameter)!;
    outputs[name] =
      tensor.rank === 4 ? await keptFilters(golden, name, tensor) : await valuesOf(tensor);
  }
  return outputs;
};

/** Every n-th output and input of a filter [kh, kw, I, O], as the file keeps them. */
function keptFilters(golden: GoldenFile, name: string, filter: tf.Tensor): Promise<Float32Array> {
  const [, , inputs = 0, outputs = 0] = filter.shape;
  const [keptOutputs, keptInputs] = golden.extents(name, 4);
  return oihwValues(filter, samplingOf([outputs, inputs], [keptOutputs, keptInputs], 16));
}

const blockKwargs = z.object({
  stride: z.int().default(1),
  dilation: z.int().default(1),
  first_dilation: z.int().nullish(),
  dropout: z.number().default(0),
});

async function block(golden: GoldenFile, shape: WideResNetBlock): Promise<KernelOutputs> {
  const weights = weightsNamed(
    golden,
    ["2a", "2b1", "2b2", "1"].flatMap((branch) => [
      `conv_branch${branch}.weight`,
      ...normNames(`bn_branch${branch}`),
    ]),
  );
  const { activated, output } = wideResNetBlock(nhwc(golden, "input"), weights, ["", shape], null);
  return { x_bn_relu: await nchwValues(activated), output: await nchwValues(output) };
}

export const wideResNetPlainBlock: Kernel = (golden) => {
  const [input = 0, middle = 0, output = 0] = golden.numbers("ctor");
  const { stride, dilation, first_dilation: first } = golden.param("kwargs", blockKwargs);
  return block(golden, {
    kind: "plain",
    input,
    middle,
    output,
    stride: stride === 2 ? 2 : 1,
    dilations: [first ?? dilation, dilation],
  });
};

export const wideResNetBottleneckBlock: Kernel = (golden) => {
  const [input = 0, output = 0] = golden.numbers("ctor");
  const { stride, dilation, dropout } = golden.param("kwargs", blockKwargs);
  return block(golden, {
    kind: "bottleneck",
    input,
    output,
    stride: stride === 2 ? 2 : 1,
    dilation,
    dropout,
  });
};

export const wideResNet38Formula: Kernel = async (golden) => {
  const [, classes] = golden.extents("logits", 2);
  const head = convParameter("fc8", [classes, WIDE_RESNET38_CHANNELS, 1, 1]);
  const parameters = [...wideResNet38Parameters(), head];
  const weights = formulaNetwork(golden, parameters);
  const taps = wideResNet38Taps(nhwc(golden, "input"), weights, null);
  const maps = conv2d(taps.conv6, weights.get("fc8.weight") as tf.Tensor4D);
  return {
    conv4: await keptChannels(golden, "conv4", taps.conv4, 1),
    conv5: await keptChannels(golden, "conv5", taps.conv5, 4),
    conv6: await keptChannels(golden, "conv6", taps.conv6, 16),
    cam: await nchwValues(tf.relu(maps)),
    logits: await valuesOf(tf.mean(maps, [1, 2])),
  };
};
