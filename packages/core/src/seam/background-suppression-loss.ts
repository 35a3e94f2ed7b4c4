import { relu } from "../tensor/activation.ts";
import { tf } from "../tensor/tf.ts";
import { splitBackground } from "./correlation-input.ts";
import { topKMean } from "./top-k-mean.ts";

/**
 * Pushes down the weakest quarter of foreground scores, so that some of every image is background.
 *
 * maps         [N, H, W, C + 1]  revised CAMs, any real
 * labelMask    [N, 1, 1, C + 1]  1 for background and present classes
 * returns      []  ≥ 0: mean of the ⌊H·W/4⌋ smallest per-pixel maxima, those below 0 as 0
 *
 * Named `adaptive_min_pooling_loss` in the release; it is not in the paper and moves only the best
 * background threshold.
 * @see SEAM train_SEAM.py, adaptive_min_pooling_loss
 */
export function backgroundSuppressionLoss(maps: tf.Tensor4D, labelMask: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => {
    const [count, height, width] = maps.shape;
    const [, foreground] = splitBackground(tf.mul(maps, labelMask));
    const strongest = tf.reshape<tf.Rank.R2>(tf.max(foreground, 3), [count, height * width]);
    const smallest = Math.floor((height * width) / 4);
    // The k smallest are the k greatest of the negated; relu per value commutes with the choice.
    return tf.neg(topKMean(tf.neg(relu(strongest)), smallest));
  });
}
