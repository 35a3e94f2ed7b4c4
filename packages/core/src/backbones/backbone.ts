import type { Rgb } from "../contract/labels.ts";
import { tf } from "../tensor/tf.ts";
import type { Parameter, Weights } from "../tensor/weights.ts";

export interface Tap {
  readonly channels: number;
  /** Image pixels a feature stands for, along one side. */
  readonly stride: number;
}

/** Image pixels a feature of the last layer stands for; 32 is what ImageNet networks were trained at. */
export type OutputStride = 8 | 16 | 32;

/** Sets whole channels to zero while training. */
export type ChannelDropout = (x: tf.Tensor4D, rate: number) => tf.Tensor4D;

/** What a forward pass does only while training. */
export interface TrainingPass {
  /** Null where a method drops nothing. */
  readonly dropout: ChannelDropout | null;
  /** Running statistics after this batch, kept tensors by array name, of norms that train. */
  readonly statistics: Map<string, tf.Tensor>;
}

export const startTrainingPass = (dropout: ChannelDropout | null = null): TrainingPass => ({
  dropout,
  statistics: new Map(),
});

/** Layers from an image to a feature map. Both trunks share their names, so weights fit either. */
export interface Trunk extends Tap {
  /** What the trunk computes with, batch-norm statistics included. */
  readonly parameters: readonly Parameter[];
  /** [N, H, W, 3] 0…255 → [N, h, w, D], h = ceil(H / stride). */
  features(weights: Weights, images: tf.Tensor4D, pass?: TrainingPass | null): tf.Tensor4D;
}

/** Coarse features on the trunk's grid, and fine ones [N, H/4, W/4, D'] of the same pass. */
export interface TwoDepths {
  readonly coarse: tf.Tensor4D;
  readonly fine: tf.Tensor4D;
}

/** A trunk whose features of stride 4 a decoder can join in again. */
export interface DenseTrunk extends Trunk {
  readonly fine: Tap;
  twoDepths(weights: Weights, images: tf.Tensor4D, pass?: TrainingPass | null): TwoDepths;
}

/** A dense trunk from what it computes; `features` are its coarse ones. */
export const denseTrunk = (trunk: Omit<DenseTrunk, "features">): DenseTrunk => ({
  ...trunk,
  features: (...inputs) => tf.tidy(() => trunk.twoDepths(...inputs).coarse),
});

/**
 * A network that a classifier or a segmenter stands on. Images go in as they are, RGB 0…255; each
 * backbone normalises them its own way. Batch norms of pretrained networks always compute with their
 * stored statistics; those of `tiny`, which starts from nothing, train.
 */
export interface Backbone extends Trunk {
  readonly name: string;
  readonly outputStride: OutputStride;
  readonly channels: number;
  /** The trunk without layers that only classification uses; DeepLab's heads stand on it. */
  readonly dense: DenseTrunk;
  /** Colour that normalises to zero: what a crop is filled with where the image ends. */
  readonly padding: Rgb;
  /** Images 0…255 as the first layer gets them. [N, H, W, 3] → [N, H, W, 3] */
  normalise(images: tf.Tensor4D): tf.Tensor4D;
  /** Arrays of the trunk that published weights do not hold; they start fresh and train faster. */
  readonly fresh: readonly Parameter[];
  /** Whether training a seed network leaves an array as it is. Norms stay as they are in any case. */
  isFrozen(name: string): boolean;
  /** Share of channels a classifier drops before its head while training. */
  readonly headDropout: number;
  /** Named feature maps by depth: `conv2` (stride 2 or 4), `conv3` (4), `conv4` (8), `conv5`, `conv6`. */
  readonly taps: Readonly<Record<TapName, Tap>>;
  tapped(
    weights: Weights,
    images: tf.Tensor4D,
    pass?: TrainingPass | null,
  ): Readonly<Record<TapName, tf.Tensor4D>>;
}

export const TAP_NAMES = ["conv2", "conv3", "conv4", "conv5", "conv6"] as const;
export type TapName = (typeof TAP_NAMES)[number];

/** One value a tap. */
export const tapsOf = <Value>(of: (name: TapName) => Value): Record<TapName, Value> => ({
  conv2: of("conv2"),
  conv3: of("conv3"),
  conv4: of("conv4"),
  conv5: of("conv5"),
  conv6: of("conv6"),
});

/** A trunk's arrays as training sees them: those with published weights, and those from scratch. */
export function trainedParameters(
  { fresh, isFrozen }: Pick<Backbone, "fresh" | "isFrozen">,
  { parameters }: Pick<Trunk, "parameters">,
): { readonly pretrained: readonly Parameter[]; readonly fresh: readonly Parameter[] } {
  const scratch = new Set(fresh.map(({ name }) => name));
  const open = parameters.filter(({ name }) => !isFrozen(name));
  return {
    pretrained: open.filter(({ name }) => !scratch.has(name)),
    fresh: open.filter(({ name }) => scratch.has(name)),
  };
}
