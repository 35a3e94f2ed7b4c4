import type { ResNetPlan } from "../backbones/resnet.ts";
import { resNetTaps } from "../backbones/resnet.ts";
import { resizeScores } from "../tensor/resize.ts";
import { resizeByFactor } from "../tensor/resize-by-factor.ts";
import { tf } from "../tensor/tf.ts";
import type { Weights } from "../tensor/weights.ts";
import type { CoarseHead } from "./head.ts";

/** Feature maps of every stage, and the scores of the last. */
export interface DeepLabOutput {
  readonly stem: tf.Tensor4D;
  readonly stages: readonly tf.Tensor4D[];
  /** [N, h, w, L] */
  readonly logits: tf.Tensor4D;
}

/**
 * A ResNet with a head on its last stage.
 *
 * images    [N, H, W, 3]  normalised
 * returns   logits [N, h, w, L] at the plan's output stride
 *
 * @see Chen et al. 2017 (DeepLab v2), section 3.1; deeplab-pytorch libs/models/deeplabv2.py
 */
export function deeplabV2(
  images: tf.Tensor4D,
  weights: Weights,
  { plan, head }: { readonly plan: ResNetPlan; readonly head: CoarseHead },
): DeepLabOutput {
  const { stem, stages } = resNetTaps(images, weights, plan);
  return { stem, stages, logits: head.infer(weights, stages.at(-1)!) };
}

/**
 * Scores of several image scales, the greatest kept at every pixel.
 *
 * images    [N, H, W, 3]
 * returns   the full scale's logits, each scale's own, and their maximum at the full scale's size
 *
 * scales    besides 1; deeplab-pytorch: 0.5, 0.75
 *
 * @see Chen et al. 2016 (Attention to scale), max fusion; deeplab-pytorch libs/models/msc.py
 */
export function multiScaleLogits(
  images: tf.Tensor4D,
  scales: readonly number[],
  network: (images: tf.Tensor4D) => tf.Tensor4D,
): { readonly perScale: readonly tf.Tensor4D[]; readonly fused: tf.Tensor4D } {
  const full = network(images);
  const [, height, width] = full.shape;
  const smaller = scales.map((scale) => network(resizeByFactor(images, scale)));
  const fused = smaller.reduce<tf.Tensor4D>(
    (best, logits) => tf.maximum(best, resizeScores(logits, { height, width, grid: "half-pixel" })),
    full,
  );
  return { perScale: [full, ...smaller], fused };
}
