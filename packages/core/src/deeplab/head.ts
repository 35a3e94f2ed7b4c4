import type { TwoDepths } from "../backbones/backbone.ts";
import type { tf } from "../tensor/tf.ts";
import type { Parameter, Weights } from "../tensor/weights.ts";

/** What a head needs to know to be built. */
export interface HeadShape {
  /** D, channels that come in. */
  readonly inputs: number;
  /** Width of hidden layers; heads without any leave it aside. */
  readonly channels: number;
  /** L = C + 1. */
  readonly labels: number;
  readonly outputStride: number;
}

/** The same for a head with a decoder. */
export interface DecoderShape extends HeadShape {
  /** D', channels of the features of stride 4. */
  readonly fineInputs: number;
}

/** Logits, and in training the running statistics that replace the old ones (kept tensors). */
export interface TrainedLogits {
  readonly logits: tf.Tensor4D;
  readonly replacements: Weights;
}

/** The layers of a segmenter after its backbone: features of two depths → [N, h, w, L]. */
export interface SegmentationHead {
  readonly parameters: readonly Parameter[];
  infer(weights: Weights, features: TwoDepths): tf.Tensor4D;
  train(weights: Weights, features: TwoDepths): TrainedLogits;
}

/** A head that looks at the last features alone. [N, h, w, D] → [N, h, w, L] on the same grid */
export interface CoarseHead {
  readonly parameters: readonly Parameter[];
  infer(weights: Weights, features: tf.Tensor4D): tf.Tensor4D;
  train(weights: Weights, features: tf.Tensor4D): TrainedLogits;
}

/** A head of the last features among those of both depths. [N, h, w, D] → [N, h, w, L] @see Chen et al. 2015, section 3 */
export const onCoarse = (head: CoarseHead): SegmentationHead => ({
  parameters: head.parameters,
  infer: (weights, { coarse }) => head.infer(weights, coarse),
  train: (weights, { coarse }) => head.train(weights, coarse),
});
