import type { Random } from "./random.ts";
import { tf } from "./tf.ts";

/**
 * Sets whole channels of each image to zero and scales the others up, as PyTorch's Dropout2d while
 * training. What is dropped depends on the random stream alone, so a resumed run drops the same.
 *
 * x         [N, h, w, D]
 * returns   [N, h, w, D]  each channel 0 or x / (1 − rate)
 *
 * @see Tompson et al. 2015, section 3.2 (SpatialDropout); PyTorch, torch.nn.Dropout2d
 */
export const channelDropout =
  (random: Random) =>
  (x: tf.Tensor4D, rate: number): tf.Tensor4D => {
    const [count, , , channels] = x.shape;
    const kept = Float32Array.from({ length: count * channels }, () =>
      random.uniform() < rate ? 0 : 1 / (1 - rate),
    );
    return tf.mul(x, tf.tensor4d(kept, [count, 1, 1, channels]));
  };
