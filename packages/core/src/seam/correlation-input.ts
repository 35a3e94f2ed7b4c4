import { tf } from "../tensor/tf.ts";

const EPSILON = 1e-5;

/**
 * Keeps, at every pixel, the foreground score that is the greatest there, and zeroes the others.
 *
 * scores    [N, h, w, C + 1]  background first
 * returns   [N, h, w, C + 1]  background unchanged
 *
 * Differs from the release: a new tensor, where tool/visualization.py edits its argument in place.
 * @see SEAM tool/visualization.py, max_onehot
 */
export function keepStrongestClass(scores: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [background, foreground] = splitBackground(scores);
    const strongest = tf.max(foreground, 3, true);
    const kept = tf.where(tf.greaterEqual(foreground, strongest), foreground, 0);
    return tf.concat([background, kept], 3);
  });
}

/**
 * Background map and foreground maps.
 *
 * scores    [N, h, w, C + 1]  background first
 * returns   [N, h, w, 1] and [N, h, w, C]
 *
 * @see contract/labels.ts: label 0 is background
 */
export function splitBackground(scores: tf.Tensor4D): [tf.Tensor4D, tf.Tensor4D] {
  return tf.split(scores, [1, scores.shape[3] - 1], 3) as [tf.Tensor4D, tf.Tensor4D];
}

/**
 * Puts 1 − (greatest foreground score) in the background's place.
 *
 * scores    [N, h, w, C + 1]  foreground 0…1
 * returns   [N, h, w, C + 1]  0…1
 *
 * @see SEAM train_SEAM.py; network/resnet38_SEAM.py
 */
export function withComplementBackground(scores: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [, foreground] = splitBackground(scores);
    return tf.concat([tf.sub(1, tf.max(foreground, 3, true)), foreground], 3);
  });
}

/**
 * What the pixel correlation module averages: CAMs divided by their maximum, one winner a pixel.
 *
 * cam       [N, h, w, C + 1]  raw; channel 0 is overwritten
 * returns   [N, h, w, C + 1]  0…1
 *
 * Empty case: a map without a positive value gives zeros. Give it a detached CAM.
 * @see Wang et al. 2020, section 3.3; SEAM network/resnet38_SEAM.py forward, under no_grad
 */
export function correlationInput(cam: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const positive = tf.relu(cam);
    const maximum = tf.add(tf.max(positive, [1, 2], true), EPSILON); // [N, 1, 1, C + 1]
    const normalised = tf.div<tf.Tensor4D>(tf.relu(tf.sub(positive, EPSILON)), maximum);
    return keepStrongestClass(withComplementBackground(normalised));
  });
}
