import { detach } from "../tensor/detach.ts";
import { averagePool } from "../tensor/pool.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { backgroundSuppressionLoss } from "./background-suppression-loss.ts";
import { splitBackground } from "./correlation-input.ts";
import { crossRegularisationLoss, crossTarget } from "./cross-regularisation-loss.ts";
import { equivarianceLoss } from "./equivariance-loss.ts";
import { maxNormalise } from "./max-normalise.ts";
import type { SeamMaps } from "./seam-head.ts";

/** Maps of both branches, each at the size of its own image. */
export interface SiameseMaps {
  readonly large: SeamMaps;
  readonly small: SeamMaps;
}

export interface SiameseLosses {
  readonly classificationLarge: tf.Scalar;
  readonly classificationSmall: tf.Scalar;
  readonly suppressionLarge: tf.Scalar;
  readonly suppressionSmall: tf.Scalar;
  readonly equivariance: tf.Scalar;
  readonly crossLarge: tf.Scalar;
  readonly crossSmall: tf.Scalar;
  /** Half the sum of both classification and both suppression losses. */
  readonly classification: tf.Scalar;
  /** Sum of both cross regularisation losses. */
  readonly crossRegularisation: tf.Scalar;
  readonly total: tf.Scalar;
}

/**
 * The losses of one SEAM step.
 *
 * maps         [N, H, W, C + 1]  of both branches
 * imageLabels  [N, C]  0/1
 * returns      ten scalars, all ≥ 0; `total` has weight 1 on each part
 *
 * classificationLoss  multi-label loss of logits [N, C], given by the caller
 *
 * @see Wang et al. 2020, equation 8; SEAM train_SEAM.py
 */
export function siameseLosses(
  { large, small }: SiameseMaps,
  imageLabels: tf.Tensor2D,
  classificationLoss: (logits: tf.Tensor2D, imageLabels: tf.Tensor2D) => tf.Scalar,
): SiameseLosses {
  const [count, classes] = imageLabels.shape;
  const [, height, width] = small.cam.shape;
  const labelMask = tf.reshape(tf.concat([tf.ones([count, 1]), imageLabels], 1), [
    count,
    1,
    1,
    classes + 1,
  ]) as tf.Tensor4D;
  const shrink = (maps: tf.Tensor4D): tf.Tensor4D =>
    resizeScores(maps, { height, width, grid: "corner-aligned" });
  const masked = (maps: tf.Tensor4D): tf.Tensor4D => tf.mul<tf.Tensor4D>(maps, labelMask);
  const classify = (cam: tf.Tensor4D): tf.Scalar =>
    classificationLoss(averagePool(splitBackground(cam)[1]), imageLabels);

  const classificationLarge = classify(large.cam);
  const classificationSmall = classify(small.cam);
  const suppressionLarge = backgroundSuppressionLoss(large.revisedCam, labelMask);
  const suppressionSmall = backgroundSuppressionLoss(small.revisedCam, labelMask);
  const camLarge = masked(shrink(maxNormalise(large.cam)));
  const camSmall = masked(maxNormalise(small.cam));
  const revisedLarge = masked(shrink(maxNormalise(large.revisedCam)));
  const revisedSmall = masked(maxNormalise(small.revisedCam));
  const equivariance = equivarianceLoss(camLarge, camSmall);
  const crossLarge = crossRegularisationLoss(crossTarget(detach(camSmall)), revisedLarge);
  const crossSmall = crossRegularisationLoss(crossTarget(detach(camLarge)), revisedSmall);
  const classification = tf.div<tf.Scalar>(
    tf.addN([classificationLarge, classificationSmall, suppressionLarge, suppressionSmall]),
    2,
  );
  const crossRegularisation = tf.add<tf.Scalar>(crossLarge, crossSmall);
  return {
    classificationLarge,
    classificationSmall,
    suppressionLarge,
    suppressionSmall,
    equivariance,
    crossLarge,
    crossSmall,
    classification,
    crossRegularisation,
    total: tf.addN([classification, equivariance, crossRegularisation]),
  };
}
