import { biasActivation } from "../tensor/activation.ts";
import { conv2d } from "../tensor/conv.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";
import type { Backbone, OutputStride, TapName, Trunk } from "./backbone.ts";
import { normalisePixels } from "./layers.ts";

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
  ["conv2", 24, 2],
  ["conv3", 32, 1],
  ["conv4", 48, 2],
  ["conv5", 64, 2],
  ["conv6", 64, 1],
] as const;

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

const parametersOf = ({ name, inputs, outputs }: Layer): Parameter[] => [
  { name: `${name}.weight`, kind: "conv", role: "weight", shape: [outputs, inputs, 3, 3] },
  { name: `${name}.bias`, kind: "vector", role: "bias", shape: [outputs] },
];

/** x [N, H, W, I] → [N, h, w, O]: convolution, bias, relu. */
const runLayer = (
  x: tf.Tensor4D,
  weights: Weights,
  { name, stride, dilation }: Layer,
): tf.Tensor4D =>
  biasActivation(
    conv2d(x, weightOf(weights, `${name}.weight`), { stride, dilation, padding: "same" }),
    weightOf(weights, `${name}.bias`),
    "relu",
  );

/**
 * Six small convolutions: the network of tests and of the demo, trained from nothing in seconds. It
 * has the taps, strides and dilation of the large ones, so every method runs on it end to end.
 *
 * features  [N, H, W, 3] 0…255 → [N, h, w, 64]  ≥ 0, h = ceil(H / outputStride)
 *
 * @see Chen et al. 2015, section 3.1 (dilation in the place of stride)
 */
export function tiny({ outputStride }: { readonly outputStride: OutputStride }): Backbone {
  const layers = layersFor(outputStride);
  const outputsOf = (weights: Weights, images: tf.Tensor4D): tf.Tensor4D[] => {
    let x = normalisePixels(images, PIXELS);
    return layers.map((layer) => {
      x = runLayer(x, weights, layer);
      return x;
    });
  };
  const trunk: Trunk = {
    channels: layers.at(-1)!.outputs,
    stride: outputStride,
    parameters: layers.flatMap(parametersOf),
    features: (weights, images) => tf.tidy(() => outputsOf(weights, images).at(-1)!),
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
    dense: trunk,
    normalise: (images) => normalisePixels(images, PIXELS),
    fresh: [],
    isFrozen: () => false,
    headDropout: 0,
    padding: [128, 128, 128],
    taps: { conv3: tap("conv3"), conv4: tap("conv4"), conv5: tap("conv5"), conv6: tap("conv6") },
    tapped: (weights, images) =>
      tf.tidy(() => {
        const outputs = outputsOf(weights, images);
        const of = (name: TapName): tf.Tensor4D => outputs[at(name)]!;
        return { conv3: of("conv3"), conv4: of("conv4"), conv5: of("conv5"), conv6: of("conv6") };
      }),
  };
}
