import { tf } from "../tensor/tf.ts";

const THRESHOLD = 1e-3; // OAA-PyTorch scripts/train_iam.py; the Caffe layer takes > 0

/**
 * Teaches a network to give accumulated attention in one pass (OAA+).
 *
 * logits    [N, h, w, C]  class maps before the sigmoid
 * attention [N, h, w, C]  accumulated maps 0…1, 0 for absent classes
 * returns   []  ≥ 0: mean over the images of positive term + negative term, each over its own pixels
 *
 * Empty case: an image without attention has only the negative term.
 * Differs from the release: −log σ(x) and −log(1 − σ(x) + 1e-8) are computed as softplus, so a very
 * large logit of the wrong sign gives a large loss instead of infinity.
 * @see Jiang et al. 2019, section 3.3; OAA-PyTorch scripts/train_iam.py, ExLoss
 */
export function integralAttentionLoss(logits: tf.Tensor4D, attention: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => {
    const positive = tf.cast(tf.greater(attention, THRESHOLD), "float32");
    const negative = tf.sub(1, positive);
    const miss = tf.mul(attention, tf.softplus(tf.neg(logits)));
    const excess = tf.softplus(logits);
    const meanOver = (values: tf.Tensor, chosen: tf.Tensor): tf.Tensor =>
      tf.div(tf.sum(tf.mul(values, chosen)), tf.maximum(tf.sum(chosen), 1));
    return tf.add<tf.Scalar>(meanOver(miss, positive), meanOver(excess, negative));
  });
}
