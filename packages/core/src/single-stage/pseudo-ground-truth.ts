import { tf } from "../tensor/tf.ts";

export interface PseudoGroundTruthOptions {
  /** Share of a class's greatest value from which its pixels are taken; 1-stage: 0.6. */
  readonly topShare: number;
  /** Least value of a pixel that is taken; 1-stage: 0.2. */
  readonly least: number;
  /** The same share for background; 1-stage: 0.7. */
  readonly backgroundShare: number;
}

/**
 * Pixels a refined mask is sure of, as one class each.
 *
 * masks     [N, H, W, C + 1]  refined probabilities, background first, absent classes already 0
 * returns   [N, H, W, C + 1]  one-hot, or all 0 where no class or several are sure
 *
 * @see Araslanov & Roth 2020, section 3.3; 1-stage-wseg models/stage_net.py, pseudo_gtmask
 */
export function pseudoGroundTruth(
  masks: tf.Tensor4D,
  { topShare, least, backgroundShare }: PseudoGroundTruthOptions,
): tf.Tensor4D {
  return tf.tidy(() => {
    const classes = masks.shape[3] - 1;
    const shares = tf.concat([tf.fill([1], backgroundShare), tf.fill([classes], topShare)]);
    const greatest = tf.max(masks, [1, 2], true); // [N, 1, 1, C + 1]
    const threshold = tf.maximum(tf.mul(greatest, shares), least);
    const sure = tf.cast(tf.greater(masks, threshold), "float32");
    const single = tf.cast(tf.lessEqual(tf.sum(sure, 3, true), 1), "float32");
    return tf.mul<tf.Tensor4D>(sure, single);
  });
}

/**
 * Puts absent classes to 0.
 *
 * masks        [N, H, W, C + 1]  background first
 * imageLabels  [N, C]  0/1
 * returns      [N, H, W, C + 1]
 *
 * @see 1-stage-wseg models/stage_net.py, forward: masks * labels
 */
export function maskByLabels(masks: tf.Tensor4D, imageLabels: tf.Tensor2D): tf.Tensor4D {
  return tf.tidy(() => {
    const [count, classes] = imageLabels.shape;
    const kept = tf.concat([tf.ones([count, 1]), imageLabels], 1);
    return tf.mul<tf.Tensor4D>(masks, tf.reshape(kept, [count, 1, 1, classes + 1]));
  });
}
