import { biasActivation } from "../tensor/activation.ts";
import { conv2d } from "../tensor/conv.ts";
import { maxPool } from "../tensor/pool.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";
import {
  type Backbone,
  type ChannelDropout,
  denseTrunk,
  type Tap,
  type TapName,
} from "./backbone.ts";
import { normalisePixels } from "./layers.ts";
import { IMAGENET_NORMALISATION, IMAGENET_PADDING } from "./normalisation.ts";

interface Layer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: 1 | 3;
  readonly dilation: number;
}

interface Pool {
  readonly window: 2 | 3;
  readonly stride: 1 | 2;
}

/** The 13 convolutions and 4 pools after which the two variants differ; names are torchvision's. */
const GROUPS = [
  { outputs: 64, at: [0, 2], dilation: 1 },
  { outputs: 128, at: [5, 7], dilation: 1 },
  { outputs: 256, at: [10, 12, 14], dilation: 1 },
  { outputs: 512, at: [17, 19, 21], dilation: 1 },
  { outputs: 512, at: [24, 26, 28], dilation: 2 },
] as const;

/** Layers after conv5, one row a variant. */
export const VGG16_VARIANTS = {
  /** DeepLab-LargeFOV as psa classifies with it: fc6, fc7 of `vgg16_20M`. @see psa network/vgg16d.py */
  "large-fov": {
    pool: { window: 3, stride: 2 } as Pool,
    tail: [
      { name: "fc6", inputs: 512, outputs: 1024, kernel: 3, dilation: 1 },
      { name: "fc7", inputs: 1024, outputs: 1024, kernel: 1, dilation: 1 },
    ] as readonly Layer[],
    /** psa leaves conv1 and conv2 as ImageNet made them. */
    frozen: /^features\.[0257]\./u,
    dropout: 0.5,
  },
  /** Three more 3 × 3 convolutions. @see OAA-PyTorch models/vgg.py */
  oaa: {
    pool: { window: 2, stride: 2 } as Pool,
    tail: [0, 2, 4].map((at): Layer => ({
      name: `extra_convs.${at}`,
      inputs: 512,
      outputs: 512,
      kernel: 3,
      dilation: 1,
    })),
    frozen: /^$/u,
    dropout: 0,
  },
} as const;
export type Vgg16Variant = keyof typeof VGG16_VARIANTS;

const TRUNK: readonly (readonly Layer[])[] = GROUPS.map(({ outputs, at, dilation }, group) =>
  at.map((index, position) => ({
    name: `features.${index}`,
    inputs: position > 0 ? outputs : (GROUPS[group - 1]?.outputs ?? 3),
    outputs,
    kernel: 3,
    dilation,
  })),
);

const parametersOf = ({ name, inputs, outputs, kernel }: Layer): Parameter[] => [
  {
    name: `${name}.weight`,
    kind: "conv",
    role: "weight",
    shape: [outputs, inputs, kernel, kernel],
  },
  { name: `${name}.bias`, kind: "vector", role: "bias", shape: [outputs] },
];

/** Convolution, bias, relu; the grid stays. x [N, H, W, I] → [N, H, W, O] */
const runLayer = (
  x: tf.Tensor4D,
  weights: Weights,
  { name, kernel, dilation }: Layer,
): tf.Tensor4D =>
  biasActivation(
    conv2d(x, weightOf(weights, `${name}.weight`), {
      dilation,
      padding: kernel === 1 ? 0 : dilation,
    }),
    weightOf(weights, `${name}.bias`),
    "relu",
  );

/** Rows and columns stay ceil(extent / stride), whichever window. */
const runPool = (x: tf.Tensor4D, { window, stride }: Pool): tf.Tensor4D =>
  maxPool(x, { window, stride, padding: window === 3 ? 1 : 0, ceilMode: window === 2 });

const LAST_POOL: Pool = { window: 3, stride: 1 };

/**
 * VGG-16 with the pools after conv4 taken out and conv5 dilated: output stride 8.
 *
 * features  [N, H, W, 3] 0…255 → [N, h, w, D]  ≥ 0; D = 1024 (`large-fov`) or 512 (`oaa`)
 * dense     [N, H, W, 3] 0…255 → [N, h, w, 512] conv5, pooled at stride 1
 *
 * Differs from the release: normalised as torchvision's weights want it, where psa and the Caffe OAA
 * take Caffe's BGR weights.
 * @see Simonyan & Zisserman 2015, table 1 D; Chen et al. 2015, section 3.1; algorithms.md 2.3
 */
export function vgg16({ variant }: { readonly variant: Vgg16Variant }): Backbone {
  const { pool, tail, frozen, dropout: tailDropout } = VGG16_VARIANTS[variant];

  /** Outputs of conv1 … conv5, and of the tail. */
  function outputsOf(weights: Weights, images: tf.Tensor4D): tf.Tensor4D[] {
    const outputs: tf.Tensor4D[] = [];
    let x = normalisePixels(images, IMAGENET_NORMALISATION);
    for (const [group, layers] of TRUNK.entries()) {
      x = layers.reduce((input, layer) => runLayer(input, weights, layer), x);
      outputs.push(x);
      if (group < 3) x = runPool(x, pool);
      else if (group === 3) x = runPool(x, LAST_POOL);
    }
    return outputs;
  }

  function runTail(conv5: tf.Tensor4D, weights: Weights, dropout: ChannelDropout | null) {
    const layers: readonly Layer[] = tail;
    return layers.reduce((input: tf.Tensor4D, layer, at) => {
      const output = runLayer(input, weights, layer);
      const drops = dropout !== null && tailDropout > 0 && at < layers.length - 1;
      return drops ? dropout(output, tailDropout) : output;
    }, conv5);
  }

  const trunkParameters = TRUNK.flat().flatMap(parametersOf);
  const fresh = tail.flatMap(parametersOf);
  const dense = denseTrunk({
    channels: 512,
    stride: 8,
    parameters: trunkParameters,
    fine: { channels: 256, stride: 4 },
    twoDepths: (weights, images) =>
      tf.tidy(() => {
        const [, , conv3, , conv5] = outputsOf(weights, images);
        return { coarse: runPool(conv5!, LAST_POOL), fine: conv3! };
      }),
  });
  const tapped: Backbone["tapped"] = (weights, images, pass) =>
    tf.tidy(() => {
      const [, conv2, conv3, conv4, conv5] = outputsOf(weights, images);
      const conv6 = runTail(conv5!, weights, pass?.dropout ?? null);
      return { conv2: conv2!, conv3: conv3!, conv4: conv4!, conv5: conv5!, conv6 };
    });
  const tap = (channels: number, stride: number): Tap => ({ channels, stride });
  const taps: Readonly<Record<TapName, Tap>> = {
    conv2: tap(128, 2),
    conv3: tap(256, 4),
    conv4: tap(512, 8),
    conv5: tap(512, 8),
    conv6: tap(tail.at(-1)!.outputs, 8),
  };
  return {
    name: variant === "oaa" ? "vgg-16-oaa" : "vgg-16",
    outputStride: 8,
    channels: taps.conv6.channels,
    stride: 8,
    parameters: [...trunkParameters, ...fresh],
    features: (...inputs) => tf.tidy(() => tapped(...inputs).conv6),
    dense,
    padding: IMAGENET_PADDING,
    normalise: (images) => normalisePixels(images, IMAGENET_NORMALISATION),
    fresh,
    isFrozen: (name) => frozen.test(name),
    headDropout: tailDropout,
    taps,
    tapped,
  };
}
