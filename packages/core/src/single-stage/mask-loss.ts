import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";

/**
 * Cross entropy of class scores against sure pixels, rare classes weighted up.
 *
 * logits       [N, h, w, C + 1]  background first
 * pseudoTruth  [N, H, W, C + 1]  one-hot or all 0
 * imageLabels  [N, C]  0/1
 * returns      [N]  mean over all pixels; 0 for an image that lacks a sure pixel of background or of
 *              any of its classes
 *
 * @see Araslanov & Roth 2020, section 3.3; 1-stage-wseg models/stage_net.py, mask_loss_ce
 */
export function maskLoss(
  logits: tf.Tensor4D,
  pseudoTruth: tf.Tensor4D,
  imageLabels: tf.Tensor2D,
): tf.Tensor1D {
  return tf.tidy(() => {
    const [, height, width] = pseudoTruth.shape;
    const scores = resizeScores(logits, { height, width, grid: "corner-aligned" });
    const counts = tf.sum(pseudoTruth, [1, 2]); // [N, C + 1]
    const total = tf.sum(counts, 1, true);
    const rarity = tf.div(tf.sub(total, counts), tf.add(total, 1)); // [N, C + 1]
    const weights = tf.mul(pseudoTruth, tf.expandDims(tf.expandDims(rarity, 1), 1));
    const entropy = tf.neg(tf.sum(tf.mul(weights, tf.logSoftmax(scores)), 3)); // [N, H, W]
    const wanted = tf.concat([tf.ones([imageLabels.shape[0], 1]), imageLabels], 1);
    const found = tf.cast(tf.greater(counts, 0), "float32");
    const complete = tf.equal(tf.sum(tf.mul(wanted, tf.sub(1, found)), 1), 0);
    return tf.mul<tf.Tensor1D>(tf.mean(entropy, [1, 2]), tf.cast(complete, "float32"));
  });
}
