import { tf } from "./tf.ts";

/** Least normal float32: a probability below it counts as it, so that the loss stays finite. */
const LEAST_PROBABILITY = 1.2e-38;

/** The probability each row gives to its label. [P, L], [P] → [P] */
function ownProbabilities(probabilities: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor {
  const [rows, width] = probabilities.shape;
  const starts = Int32Array.from({ length: rows }, (_, row) => row * width);
  return tf.gather(tf.reshape(probabilities, [-1]), tf.add(labels, tf.tensor1d(starts, "int32")));
}

/**
 * Cross entropy of each row with its label.
 *
 * logits    [P, L]  any real
 * labels    [P]     int32, 0…L − 1
 * returns   [P]     0…87; the gradient stays exact beyond that
 *
 * One softmax serves the value and the gradient, where TensorFlow.js takes a dozen passes over the rows
 * and TensorFlow's own op, on a CPU, twice the time.
 * @see Chen et al. 2015, section 3
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const run = tf.customGrad((...inputs) => {
    const [values, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    const probabilities = tf.softmax(values);
    save([probabilities, labels]);
    const likelihood = ownProbabilities(probabilities, labels);
    return {
      value: tf.neg(tf.log(tf.maximum(likelihood, LEAST_PROBABILITY))),
      gradFunc(dy, [saved, own]) {
        const target = tf.cast(tf.oneHot(own as tf.Tensor1D, values.shape[1]), "float32");
        return [tf.mul(tf.sub(saved!, target), tf.expandDims(dy, 1))];
      },
    };
  });
  return run(logits) as tf.Tensor1D;
}
