import { tf } from "../tensor/tf.ts";

/**
 * Penalty that asks a class's mask to have some size.
 *
 * share     any shape  mean of the mask over pixels, 0…1
 * returns   the same shape  log(lambda) at 0, → 0 towards 1
 *
 * power   1-stage: 3
 * lambda  1-stage: 0.01
 *
 * @see Araslanov & Roth 2020, equation 4; 1-stage-wseg models/stage_net.py, focal_loss
 */
export function focalPenalty<T extends tf.Tensor>(
  share: T,
  { power, lambda }: { readonly power: number; readonly lambda: number },
): T {
  return tf.tidy(() => tf.mul<T>(tf.pow(tf.sub(1, share), power), tf.log(tf.add(share, lambda))));
}
