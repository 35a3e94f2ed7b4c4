import { tf } from "../tensor/tf.ts";

const THRESHOLD = 1e-3; // OAA-PyTorch scripts/train_iam.py; the Caffe layer takes > 0
const EPSILON = 1e-8; // of the negative term, as there

/**
 * Teaches a network to give accumulated attention in one pass (OAA+).
 *
 * logits    [N, h, w, C]  class maps before the sigmoid
 * attention [N, h, w, C]  accumulated maps 0…1, 0 for absent classes
 * returns   []  ≥ 0: mean over the images of positive term + negative term, each over its own pixels
 *
 * Empty case: an image without attention has only the negative term.
 * threshold  attention above it is positive; OAA-PyTorch 1e-3
 *
 * Differs from the release: −log σ(x) is computed as softplus, so a very low logit where there is
 * attention gives a large loss instead of infinity.
 * @see Jiang et al. 2019, section 3.3; OAA-PyTorch scripts/train_iam.py, ExLoss
 */
export function integralAttentionLoss(
  logits: tf.Tensor4D,
  attention: tf.Tensor4D,
  { threshold = THRESHOLD }: { readonly threshold?: number } = {},
): tf.Scalar {
  return tf.tidy(() => {
    const positive = tf.cast(tf.greater(attention, threshold), "float32");
    const negative = tf.sub(1, positive);
    const miss = tf.mul(attention, tf.softplus(tf.neg(logits)));
    // 1 − σ(x) = exp(−softplus(x)), without cancellation.
    const room = tf.exp(tf.neg(tf.softplus(logits)));
    const excess = tf.neg(tf.log(tf.add(room, EPSILON)));
    const meanOver = (values: tf.Tensor, chosen: tf.Tensor): tf.Tensor =>
      tf.div(tf.sum(tf.mul(values, chosen)), tf.maximum(tf.sum(chosen), 1));
    return tf.add<tf.Scalar>(meanOver(miss, positive), meanOver(excess, negative));
  });
}
