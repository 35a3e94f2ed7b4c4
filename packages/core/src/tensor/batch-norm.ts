import { type Attributes, type NativeBackend, nativeBackend, runNativeMany } from "./native.ts";
import { tf } from "./tf.ts";

export interface Norm {
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation with fixed statistics, put into the convolution before it.
 *
 * filter    [kh, kw, I, O]  or [kh, kw, C, 1] where `depthwise`
 * returns   filter of the same shape and bias [O]: conv(x, filter) + bias = norm(conv(x, given filter))
 *
 * The gradient reaches the given filter through the constant factor, as if the two stood apart, but
 * no normalised copy of the activations is ever made.
 * @see Ioffe & Szegedy 2015, section 3.1, algorithm 2
 */
export function foldNorm(
  filter: tf.Tensor4D,
  { scale, offset, mean, variance }: Norm,
  { epsilon, depthwise }: { readonly epsilon: number; readonly depthwise: boolean },
): { readonly filter: tf.Tensor4D; readonly bias: tf.Tensor1D } {
  const factor: tf.Tensor1D = tf.div(scale, tf.sqrt(tf.add(variance, epsilon)));
  const perOutput = depthwise ? tf.reshape(factor, [1, 1, -1, 1]) : factor;
  return { filter: tf.mul(filter, perOutput), bias: tf.sub(offset, tf.mul(mean, factor)) };
}

/** x normalised with fixed statistics. x [N, h, w, D] → [N, h, w, D]. @see Ioffe & Szegedy 2015, algorithm 2 */
export function frozenBatchNorm(x: tf.Tensor4D, norm: Norm, epsilon: number): tf.Tensor4D {
  const factor = tf.div(norm.scale, tf.sqrt(tf.add(norm.variance, epsilon)));
  return tf.add(tf.mul(x, factor), tf.sub(norm.offset, tf.mul(norm.mean, factor)));
}

export interface TrainedNorm {
  readonly normalised: tf.Tensor4D;
  /** Statistics of this batch, kept: the caller disposes them. The variance is unbiased. */
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation with the statistics of the batch.
 *
 * x         [N, h, w, D]
 * returns   normalised [N, h, w, D]; mean [D] and variance [D] for the running averages
 *
 * @see Ioffe & Szegedy 2015, algorithm 1
 */
export function trainedBatchNorm(
  x: tf.Tensor4D,
  { scale, offset }: Pick<Norm, "scale" | "offset">,
  epsilon: number,
): TrainedNorm {
  const backend = nativeBackend();
  const compute = backend === null ? portableNorm : nativeNorm(backend);
  let kept: { mean: tf.Tensor1D; variance: tf.Tensor1D } | undefined;
  const run = tf.customGrad((...inputs) => {
    const [values, gamma, beta, save] = inputs as [
      tf.Tensor4D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const { normalised, mean, variance, reserved, gradients } = compute(
      values,
      gamma,
      beta,
      epsilon,
    );
    kept = { mean: tf.keep(mean), variance: tf.keep(variance) };
    save([values, gamma, ...reserved]);
    return { value: normalised, gradFunc: (dy, saved) => gradients(dy as tf.Tensor4D, saved) };
  });
  const normalised = run(x, scale, offset) as tf.Tensor4D;
  return { normalised, ...kept! };
}

/** Share of a batch in the running statistics. @see PyTorch, torch.nn.BatchNorm2d, momentum */
const STATISTICS_SHARE = 0.1;

/**
 * A running statistic with the batch's share taken in.
 *
 * running, batch  [D]
 * returns         [D]  kept: the caller disposes it
 *
 * @see PyTorch, torch.nn.BatchNorm2d, momentum 0.1
 */
export const blendStatistic = (running: tf.Tensor, batch: tf.Tensor): tf.Tensor =>
  tf.keep(
    tf.tidy(() => tf.add(tf.mul(running, 1 - STATISTICS_SHARE), tf.mul(batch, STATISTICS_SHARE))),
  );

interface Computed {
  readonly normalised: tf.Tensor4D;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
  readonly reserved: tf.Tensor[];
  /** Gradients of x, scale and offset; `saved` is x, scale and what was reserved. */
  gradients(dy: tf.Tensor4D, saved: tf.Tensor[]): tf.Tensor[];
}

type Compute = (
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
) => Computed;

const nativeNorm =
  (backend: NativeBackend): Compute =>
  (x, scale, offset, epsilon) => {
    const attributes: Attributes = {
      T: { dtype: "float32" },
      U: { dtype: "float32" },
      epsilon: { float: epsilon },
      data_format: "NHWC",
      is_training: true,
    };
    const empty = tf.tensor1d([]);
    const [normalised, mean, variance, ...reserved] = runNativeMany(
      backend,
      "FusedBatchNormV3",
      { ...attributes, exponential_avg_factor: { float: 1 } },
      [x, scale, offset, empty, empty],
      6,
    );
    return {
      normalised: normalised as tf.Tensor4D,
      mean: mean as tf.Tensor1D,
      variance: variance as tf.Tensor1D,
      reserved,
      gradients: (dy, [values, gamma, ...rest]) =>
        runNativeMany(
          backend,
          "FusedBatchNormGradV3",
          attributes,
          [dy, values!, gamma!, ...rest],
          5,
        ).slice(0, 3),
    };
  };

const portableNorm: Compute = (x, scale, offset, epsilon) => {
  const count = x.size / x.shape[3];
  const moments = tf.moments(x, [0, 1, 2]);
  const [mean, variance] = [moments.mean as tf.Tensor1D, moments.variance as tf.Tensor1D];
  return {
    normalised: frozenBatchNorm(x, { scale, offset, mean, variance }, epsilon),
    mean,
    variance: tf.mul(variance, count / Math.max(1, count - 1)),
    reserved: [mean, variance],
    gradients(dy, [values, gamma, centre, spread]) {
      const inverse = tf.rsqrt(tf.add(spread!, epsilon));
      const unit = tf.mul(tf.sub(values!, centre!), inverse);
      const slopeSum = tf.sum(dy, [0, 1, 2]);
      const projection = tf.sum(tf.mul(dy, unit), [0, 1, 2]);
      const pull = tf.div(tf.add(slopeSum, tf.mul(unit, projection)), count);
      return [tf.mul(tf.mul(gamma!, inverse), tf.sub(dy, pull)), projection, slopeSum];
    },
  };
};
