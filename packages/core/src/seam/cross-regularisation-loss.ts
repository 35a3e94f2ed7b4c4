import { tf } from "../tensor/tf.ts";
import { keepStrongestClass, withComplementBackground } from "./correlation-input.ts";
import { topKMean } from "./top-k-mean.ts";

/** Share of values, the worst ones, that the loss looks at. */
const WORST_SHARE = 0.2;

/**
 * What one branch's CAM asks of the other branch's revised CAM: one class a pixel, constant.
 *
 * cam       [N, h, w, C + 1]  normalised, masked by labels
 * returns   [N, h, w, C + 1]  0…1; background is 1 − max
 *
 * Give it a detached CAM: the choice of a winner has no gradient.
 * @see Wang et al. 2020, section 3.4; SEAM train_SEAM.py (max_onehot of a detached CAM)
 */
export function crossTarget(cam: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => keepStrongestClass(withComplementBackground(cam)));
}

/**
 * How far a revised CAM is from the other branch's target, over the worst fifth of all values.
 *
 * target, revised  [N, h, w, C + 1]  0…1
 * returns          []  mean of the ⌊0.2 · h·w·(C + 1)⌋ greatest differences of each image
 *
 * @see Wang et al. 2020, equation 7 (ECR); SEAM train_SEAM.py (top 20 %)
 */
export function crossRegularisationLoss(target: tf.Tensor4D, revised: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => {
    const [count, height, width, labels] = target.shape;
    const values = height * width * labels;
    const difference = tf.reshape<tf.Rank.R2>(tf.abs(tf.sub(target, revised)), [count, values]);
    return topKMean(difference, Math.floor(values * WORST_SHARE));
  });
}
