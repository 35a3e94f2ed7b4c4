import { tf } from "./tf.ts";

/** Weights [out, in] of samples at (target + ½) / factor − ½, out = ⌊in · factor⌋. */
function factorMatrix(input: number, factor: number): tf.Tensor2D {
  const output = Math.floor(input * factor);
  const weights = new Float32Array(output * input);
  for (let target = 0; target < output; target += 1) {
    const source = Math.max(0, (target + 0.5) / factor - 0.5);
    const low = Math.min(Math.floor(source), input - 1);
    const high = Math.min(low + 1, input - 1);
    weights[target * input + low]! += 1 - (source - low);
    weights[target * input + high]! += source - low;
  }
  return tf.tensor2d(weights, [output, input]);
}

/**
 * Bilinear resize whose samples step by exactly 1 / factor, not by in / out.
 *
 * x         [N, H, W, D]
 * returns   [N, ⌊H · factor⌋, ⌊W · factor⌋, D]
 *
 * The two differ where H · factor is no whole number: half of 65 samples at 0.5, 2.5, 4.5 … here.
 * @see PyTorch, interpolate with scale_factor and align_corners=False; deeplab-pytorch libs/models/msc.py
 */
export function resizeByFactor(x: tf.Tensor4D, factor: number): tf.Tensor4D {
  return tf.tidy(() => {
    const [count, height, width, channels] = x.shape;
    const rows = factorMatrix(height, factor);
    const columns = factorMatrix(width, factor);
    const tall = tf.matMul(
      tf.tile(tf.expandDims<tf.Tensor3D>(rows), [count, 1, 1]),
      tf.reshape(x, [count, height, width * channels]),
    ); // [N, h, W·D]
    const whole = tf.matMul(
      tf.tile(tf.expandDims<tf.Tensor3D>(columns), [count * rows.shape[0], 1, 1]),
      tf.reshape(tall, [count * rows.shape[0], width, channels]),
    ); // [N·h, w, D]
    return tf.reshape(whole, [count, rows.shape[0], columns.shape[0], channels]);
  });
}
