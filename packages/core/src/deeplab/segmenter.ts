import type { Backbone } from "../backbones/backbone.ts";
import type { RunConfig } from "../contract/run-config.ts";
import type { Random } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { cloneWeights, initialWeights, type Parameter, type Weights } from "../tensor/weights.ts";
import { aspp } from "./aspp.ts";
import { asppSum } from "./aspp-sum.ts";
import type { HeadShape, SegmentationHead } from "./head.ts";
import { largeFov } from "./large-fov.ts";

export type HeadName = RunConfig["segmenter"]["head"];

/** A backbone's dense trunk and a head that scores every feature. */
export interface Segmenter {
  readonly backbone: Backbone;
  /** L = C + 1. */
  readonly labels: number;
  readonly head: SegmentationHead;
  readonly parameters: readonly Parameter[];
}

function createHead(name: HeadName, shape: HeadShape): SegmentationHead {
  switch (name) {
    case "large-fov":
      return largeFov(shape);
    case "aspp-sum":
      return asppSum(shape);
    case "aspp":
      return aspp(shape);
  }
}

/** A DeepLab with one of three heads: [N, H, W, 3] images → [N, h, w, L] logits. @see Chen et al. 2015, 2017 (v2), 2017 (v3) */
export function createSegmenter({
  backbone,
  head: name,
  headChannels,
  labels,
}: {
  readonly backbone: Backbone;
  readonly head: HeadName;
  readonly headChannels: number;
  readonly labels: number;
}): Segmenter {
  const { channels: inputs, parameters } = backbone.dense;
  const { outputStride } = backbone;
  const head = createHead(name, { inputs, channels: headChannels, labels, outputStride });
  return { backbone, labels, head, parameters: [...parameters, ...head.parameters] };
}

/**
 * Weights to start from: a fresh head on given layers [O, I, kh, kw], or on fresh ones where there are
 * none. @see He et al. 2015, section 2.2
 */
export function initialSegmenterWeights(
  { backbone: { dense }, head }: Segmenter,
  random: Random,
  backboneWeights?: Weights,
): Weights {
  const trunk =
    backboneWeights === undefined
      ? initialWeights(dense.parameters, random)
      : cloneWeights(dense.parameters, backboneWeights);
  return new Map([...trunk, ...initialWeights(head.parameters, random)]);
}

/**
 * Scores of every feature.
 *
 * images    [N, H, W, 3]  0…255
 * returns   [N, h, w, L]  logits, h = ceil(H / outputStride)
 *
 * @see Chen et al. 2015, section 3
 */
export const segment = (
  { backbone, head }: Segmenter,
  weights: Weights,
  images: tf.Tensor4D,
): tf.Tensor4D => tf.tidy(() => head.infer(weights, backbone.dense.features(weights, images)));
