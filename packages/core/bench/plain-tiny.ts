import { tf } from "../src/tensor/tf.ts";

/** `tiny` at output stride 16, where nothing is dilated: plain TensorFlow.js has no such gradient. */
const LAYERS = [
  { inputs: 3, outputs: 16, stride: 2 },
  { inputs: 16, outputs: 32, stride: 2 },
  { inputs: 32, outputs: 32, stride: 1 },
  { inputs: 32, outputs: 64, stride: 2 },
  { inputs: 64, outputs: 64, stride: 2 },
  { inputs: 64, outputs: 96, stride: 1 },
] as const;

const EPSILON = 1e-5;
const RUNNING_SHARE = 0.1;

interface Layer {
  readonly filter: tf.Variable<tf.Rank.R4>;
  readonly scale: tf.Variable<tf.Rank.R1>;
  readonly offset: tf.Variable<tf.Rank.R1>;
  readonly mean: tf.Variable<tf.Rank.R1>;
  readonly variance: tf.Variable<tf.Rank.R1>;
  readonly stride: number;
}

const layerOf = ({ inputs, outputs, stride }: (typeof LAYERS)[number]): Layer => {
  const deviation = Math.sqrt(2 / (9 * inputs));
  const vector = (value: number, trainable: boolean): tf.Variable<tf.Rank.R1> =>
    tf.variable(tf.fill([outputs], value) as tf.Tensor1D, trainable);
  return {
    filter: tf.variable(tf.randomNormal([3, 3, inputs, outputs], 0, deviation, "float32", 1)),
    scale: vector(1, true),
    offset: vector(0, true),
    mean: vector(0, false),
    variance: vector(1, false),
    stride,
  };
};

/** [N, h, w, D] by given statistics, then relu. */
const normed = (
  y: tf.Tensor4D,
  { mean, variance, offset, scale }: Record<"mean" | "variance" | "offset" | "scale", tf.Tensor1D>,
): tf.Tensor4D =>
  tf.relu<tf.Tensor4D>(tf.batchNorm(y, mean, variance, offset, scale, EPSILON) as tf.Tensor4D);

const normalised = (images: tf.Tensor4D): tf.Tensor4D => tf.div(tf.sub(images, 127.5), 63.75);

/**
 * The classifier of `tiny` as a newcomer to TensorFlow.js writes it: `tf.conv2d`, `tf.moments`,
 * `tf.batchNorm`, `tf.relu`, a momentum optimiser. What our own ops are measured against.
 *
 * train     [N, H, W, 3] 0…255, [N, C] 0 or 1 → one step
 * maps      [N, H, W, 3] 0…255 → [N, h, w, C]
 */
export function plainTiny(classes: number, { learningRate }: { readonly learningRate: number }) {
  const layers = LAYERS.map(layerOf);
  const head = tf.variable(tf.randomNormal([1, 1, 96, classes], 0, 0.1, "float32", 1));
  const optimiser = tf.train.momentum(learningRate, 0.9);
  const convolve = (x: tf.Tensor4D, { filter, stride }: Layer): tf.Tensor4D =>
    tf.conv2d(x, filter as tf.Tensor4D, stride, "same");
  const trainedLayer = (x: tf.Tensor4D, layer: Layer): tf.Tensor4D => {
    const y = convolve(x, layer);
    const { mean, variance } = tf.moments(y, [0, 1, 2]);
    const follow = (running: tf.Variable, batch: tf.Tensor): void =>
      running.assign(tf.add(tf.mul(running, 1 - RUNNING_SHARE), tf.mul(batch, RUNNING_SHARE)));
    follow(layer.mean, mean);
    follow(layer.variance, variance);
    return normed(y, { ...layer, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D });
  };
  return {
    async train(images: tf.Tensor4D, imageLabels: tf.Tensor2D): Promise<void> {
      const loss = optimiser.minimize(() => {
        const features = layers.reduce(trainedLayer, normalised(images));
        const maps = tf.conv2d(features, head as tf.Tensor4D, 1, "same");
        return tf.losses.sigmoidCrossEntropy(imageLabels, tf.mean(maps, [1, 2]));
      }, true)!;
      await loss.data();
      loss.dispose();
    },
    maps: (images: tf.Tensor4D): tf.Tensor4D =>
      tf.tidy(() => {
        const frozen = (x: tf.Tensor4D, layer: Layer): tf.Tensor4D =>
          normed(convolve(x, layer), layer);
        return tf.conv2d(layers.reduce(frozen, normalised(images)), head as tf.Tensor4D, 1, "same");
      }),
  };
}
