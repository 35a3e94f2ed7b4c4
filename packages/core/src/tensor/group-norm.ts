import { ShapeError } from "../contract/errors.ts";
import { tf } from "./tf.ts";

const EPSILON = 1e-5;

/**
 * Normalises groups of channels of one image by their own mean and variance.
 *
 * x              [N, h, w, D]
 * scale, offset  [D]
 * returns        [N, h, w, D]
 *
 * groups  divides D
 *
 * @throws {ShapeError} when the groups do not divide the channels
 * @see Wu & He 2018, equations 1 and 7; PyTorch, torch.nn.GroupNorm
 */
export function groupNorm(
  x: tf.Tensor4D,
  { scale, offset }: { readonly scale: tf.Tensor1D; readonly offset: tf.Tensor1D },
  { groups }: { readonly groups: number },
): tf.Tensor4D {
  const [count, height, width, channels] = x.shape;
  if (channels % groups !== 0) {
    throw new ShapeError(`groupNorm: expected channels divisible by ${groups}, got ${channels}.`);
  }
  return tf.tidy(() => {
    const grouped = tf.reshape(x, [count, height * width, groups, channels / groups]);
    const { mean, variance } = tf.moments(grouped, [1, 3], true);
    const unit = tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, EPSILON)));
    return tf.add<tf.Tensor4D>(tf.mul(tf.reshape(unit, x.shape), scale), offset);
  });
}
