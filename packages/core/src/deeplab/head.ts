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

/** Logits, and in training the running statistics that replace the old ones (kept tensors). */
export interface TrainedLogits {
  readonly logits: tf.Tensor4D;
  readonly replacements: Weights;
}

/** The layers of a segmenter after its backbone. [N, h, w, D] → [N, h, w, L] */
export interface SegmentationHead {
  readonly parameters: readonly Parameter[];
  infer(weights: Weights, features: tf.Tensor4D): tf.Tensor4D;
  train(weights: Weights, features: tf.Tensor4D): TrainedLogits;
}
