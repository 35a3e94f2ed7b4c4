import { relu } from "../tensor/activation.ts";
import { tf } from "../tensor/tf.ts";

const EPSILON = 1e-5;

/**
 * Stretches each map to 0…1 by its own least and greatest value; both carry gradient.
 *
 * maps      [N, h, w, C]  any real
 * returns   [N, h, w, C]  0…1, below 1; zeros where a map has no positive value
 *
 * @see SEAM tool/visualization.py, max_norm
 */
export function maxNormalise(maps: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const positive = relu(maps);
    const maximum = tf.max(positive, [1, 2], true);
    const minimum = tf.min(positive, [1, 2], true);
    const lifted = relu(tf.sub(positive, tf.add(minimum, EPSILON)));
    return tf.div<tf.Tensor4D>(lifted, tf.add(tf.sub(maximum, minimum), EPSILON));
  });
}
