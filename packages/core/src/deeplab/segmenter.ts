import type { Backbone } from "../backbones/backbone.ts";
import type { RunConfig } from "../contract/run-config.ts";
import type { Random } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { cloneWeights, initialWeights, type Parameter, type Weights } from "../tensor/weights.ts";
import { aspp } from "./aspp.ts";
import { asppSum } from "./aspp-sum.ts";
import { multiScaleLogits } from "./deeplab-v2.ts";
import { type DecoderShape, onCoarse, type SegmentationHead } from "./head.ts";
import { largeFov } from "./large-fov.ts";
import { v3Plus } from "./v3-plus.ts";

export type HeadName = RunConfig["segmenter"]["head"];

/** A backbone's dense trunk and a head that scores its features. */
export interface Segmenter {
  readonly backbone: Backbone;
  /** L = C + 1. */
  readonly labels: number;
  readonly head: SegmentationHead;
  /** Scales whose scores join those of scale 1, the greatest kept; usually none. */
  readonly fusedScales: readonly number[];
  readonly parameters: readonly Parameter[];
}

function createHead(name: HeadName, shape: DecoderShape): SegmentationHead {
  switch (name) {
    case "large-fov":
      return onCoarse(largeFov(shape));
    case "aspp-sum":
      return onCoarse(asppSum(shape));
    case "aspp":
      return onCoarse(aspp(shape));
    case "v3-plus":
      return v3Plus(shape);
  }
}

/** A DeepLab with one of its heads: [N, H, W, 3] images → [N, h, w, L] logits. @see Chen et al. 2015, 2017 (v2), 2017 (v3), 2018 (v3+) */
export function createSegmenter({
  backbone,
  head: name,
  headChannels,
  labels,
  fusedScales = [],
}: {
  readonly backbone: Backbone;
  readonly head: HeadName;
  readonly headChannels: number;
  readonly labels: number;
  readonly fusedScales?: readonly number[];
}): Segmenter {
  const { channels: inputs, fine, parameters } = backbone.dense;
  const head = createHead(name, {
    inputs,
    fineInputs: fine.channels,
    channels: headChannels,
    labels,
    outputStride: backbone.outputStride,
  });
  return { backbone, labels, head, fusedScales, parameters: [...parameters, ...head.parameters] };
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
 * Scores of every feature, fused over scales where the segmenter was trained so.
 *
 * images    [N, H, W, 3]  0…255
 * returns   [N, h, w, L]  logits, h = ceil(H / outputStride); v3+: ceil(H / 4)
 *
 * @see Chen et al. 2015, section 3
 */
export const segment = (
  { backbone, head, fusedScales }: Segmenter,
  weights: Weights,
  images: tf.Tensor4D,
): tf.Tensor4D =>
  tf.tidy(
    () =>
      multiScaleLogits(images, fusedScales, (view) =>
        head.infer(weights, backbone.dense.twoDepths(weights, view)),
      ).fused,
  );
