import { relu } from "../tensor/activation.ts";
import { blendStatistic, trainedBatchNorm } from "../tensor/batch-norm.ts";
import { conv2d } from "../tensor/conv.ts";
import { tf } from "../tensor/tf.ts";
import { type Weights, weightOf } from "../tensor/weights.ts";
import {
  type Backbone,
  denseTrunk,
  type OutputStride,
  type TapName,
  tapsOf,
  type TrainingPass,
  type Trunk,
} from "./backbone.ts";
import { type ConvNorm, convNorm, convNormParameters, normalisePixels, normOf } from "./layers.ts";

interface Layer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: number;
  readonly dilation: number;
}

/** Output channels and stride; the last two trade stride for dilation at output stride 8. */
const LAYERS = [
  ["conv1", 16, 2],
  ["conv2", 32, 2],
  ["conv3", 32, 1],
  ["conv4", 64, 2],
  ["conv5", 64, 2],
  ["conv6", 96, 1],
] as const;

const EPSILON = 1e-5;

const PIXELS = { mean: [127.5, 127.5, 127.5], deviation: [63.75, 63.75, 63.75] };

function layersFor(outputStride: OutputStride): Layer[] {
  let inputs = 3;
  let reached = 1;
  let dilation = 1;
  return LAYERS.map(([name, outputs, wanted]) => {
    const fits = reached * wanted <= outputStride;
    if (fits) reached *= wanted;
    else dilation *= wanted;
    const built = { name, inputs, outputs, stride: fits ? wanted : 1, dilation };
    inputs = outputs;
    return built;
  });
}

const named = ({ name, inputs, outputs, stride, dilation }: Layer): ConvNorm => ({
  conv: name,
  norm: name.replace("conv", "bn"),
  inputs,
  outputs,
  kernel: 3,
  stride,
  dilation,
  depthwise: false,
  activation: "relu",
});

/** x [N, H, W, I] → [N, h, w, O]: convolution, norm by the batch's own statistics, relu. */
function runTraining(
  x: tf.Tensor4D,
  weights: Weights,
  { conv, norm, stride, dilation }: ConvNorm,
  statistics: TrainingPass["statistics"],
): tf.Tensor4D {
  const { scale, offset, mean, variance } = normOf(weights, norm);
  const y = conv2d(x, weightOf(weights, `${conv}.weight`), { stride, dilation, padding: "same" });
  const { normalised, ...batch } = trainedBatchNorm(y, { scale, offset }, EPSILON);
  statistics.set(`${norm}.running_mean`, blendStatistic(mean, batch.mean));
  statistics.set(`${norm}.running_var`, blendStatistic(variance, batch.variance));
  tf.dispose([batch.mean, batch.variance]);
  return relu(normalised);
}

/**
 * Six small convolutions with batch norms: the network of tests and of the demo, trained from nothing
 * in seconds. It has the taps, strides and dilation of the large ones, so every method runs on it end
 * to end; unlike theirs, its norms train.
 *
 * features  [N, H, W, 3] 0…255 → [N, h, w, 96]  ≥ 0, h = ceil(H / outputStride)
 *
 * @see Chen et al. 2015, section 3.1 (dilation in the place of stride)
 */
export function tiny({ outputStride }: { readonly outputStride: OutputStride }): Backbone {
  const layers = layersFor(outputStride);
  const outputsOf = (
    weights: Weights,
    images: tf.Tensor4D,
    pass: TrainingPass | null | undefined,
  ): tf.Tensor4D[] => {
    let x = normalisePixels(images, PIXELS);
    return layers.map((layer) => {
      x = pass
        ? runTraining(x, weights, named(layer), pass.statistics)
        : convNorm(x, weights, named(layer), { padding: "same", epsilon: EPSILON });
      return x;
    });
  };
  const parameters = layers.flatMap((layer) => convNormParameters(named(layer)));
  const trunk: Trunk = {
    channels: layers.at(-1)!.outputs,
    stride: outputStride,
    parameters,
    features: (weights, images, pass) => tf.tidy(() => outputsOf(weights, images, pass).at(-1)!),
  };
  const at = (name: TapName): number => layers.findIndex((layer) => layer.name === name);
  const tap = (name: TapName): { channels: number; stride: number } => ({
    channels: layers[at(name)]!.outputs,
    stride: layers.slice(0, at(name) + 1).reduce((all, { stride }) => all * stride, 1),
  });
  return {
    ...trunk,
    name: "tiny",
    outputStride,
    dense: denseTrunk({
      ...trunk,
      fine: tap("conv3"),
      twoDepths: (weights, images, pass) =>
        tf.tidy(() => {
          const outputs = outputsOf(weights, images, pass);
          return { coarse: outputs.at(-1)!, fine: outputs[at("conv3")]! };
        }),
    }),
    normalise: (images) => normalisePixels(images, PIXELS),
    fresh: parameters,
    isFrozen: () => false,
    headDropout: 0,
    padding: [128, 128, 128],
    taps: tapsOf(tap),
    tapped: (weights, images, pass) =>
      tf.tidy(() => {
        const outputs = outputsOf(weights, images, pass);
        const of = (name: TapName): tf.Tensor4D => outputs[at(name)]!;
        return tapsOf(of);
      }),
  };
}
