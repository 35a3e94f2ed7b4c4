import { tf } from "../tensor/tf.ts";
import { splitBackground } from "./correlation-input.ts";

/**
 * How far the CAM of the small image is from the shrunken CAM of the large one.
 *
 * large, small  [N, h, w, C + 1]  normalised, masked by labels, on the small image's grid
 * returns       []  mean absolute difference over foreground channels, absent ones included
 *
 * @see Wang et al. 2020, equation 4 (ER); SEAM train_SEAM.py
 */
export function equivarianceLoss(large: tf.Tensor4D, small: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => {
    const [, a] = splitBackground(large);
    const [, b] = splitBackground(small);
    return tf.mean<tf.Scalar>(tf.abs(tf.sub(a, b)));
  });
}
