import { detach } from "../tensor/detach.ts";
import { tf } from "../tensor/tf.ts";

/**
 * Mean of the k greatest values of each row, then over rows.
 *
 * values    [N, M]  any real
 * returns   []
 *
 * k         1…M
 *
 * The gradient goes to the chosen values, in equal parts to those that tie for the last place.
 * @see SEAM train_SEAM.py (torch.topk)
 */
export function topKMean(values: tf.Tensor2D, k: number): tf.Scalar {
  return tf.tidy(() => {
    const fixed = detach(values);
    const chosen = tf.topk(fixed, k, true).values; // [N, k], descending
    const last = tf.slice(chosen, [0, k - 1], [-1, 1]); // [N, 1]
    const above = tf.cast(tf.greater(fixed, last), "float32");
    const tied = tf.cast(tf.equal(fixed, last), "float32");
    const room = tf.sub(k, tf.sum(above, 1, true)); // places left for those that tie
    const share = tf.div(room, tf.sum(tied, 1, true));
    const weights = tf.add(above, tf.mul(tied, share));
    return tf.div<tf.Scalar>(tf.sum(tf.mul(values, weights)), k * values.shape[0]);
  });
}
