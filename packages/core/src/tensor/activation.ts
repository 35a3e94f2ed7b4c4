import { defineOp } from "./define-op.ts";
import { nativeBackend, runNative } from "./native.ts";
import { tf } from "./tf.ts";

export type Activation = "none" | "relu" | "relu6";

type ReluInputs = { readonly x: tf.Tensor };
type BiasInputs = { readonly x: tf.Tensor4D; readonly bias: tf.Tensor1D };
/** Where values are cut off above; 0 = nowhere, −1 = no activation at all. */
type Ceiling = { ceiling: number };

const CEILING: Readonly<Record<Activation, number>> = { none: -1, relu: 0, relu6: 6 };
const FLOAT = { T: { dtype: "float32" as const } };

const portable = (x: tf.Tensor, ceiling: number): tf.Tensor => {
  if (ceiling < 0) return x;
  return ceiling === 0 ? tf.relu(x) : tf.clipByValue(x, 0, ceiling);
};

/** dy where the activation was open. The output tells where, so its input need not be kept. */
function slopeWhereOpen(dy: tf.Tensor, y: tf.Tensor, ceiling: number): tf.Tensor {
  const backend = nativeBackend();
  if (backend !== null) {
    return runNative(backend, ceiling === 0 ? "ReluGrad" : "Relu6Grad", FLOAT, [dy, y]);
  }
  const above = tf.greater(y, 0);
  const open = ceiling === 0 ? above : tf.logicalAnd(above, tf.less(y, ceiling));
  return tf.mul(dy, tf.cast(open, "float32"));
}

/** [N, h, w, D] → [D] */
function sumOfChannels(slope: tf.Tensor): tf.Tensor {
  const backend = nativeBackend();
  if (backend === null) return tf.sum(slope, [0, 1, 2]);
  return runNative(backend, "BiasAddGrad", { ...FLOAT, data_format: "NHWC" }, [slope]);
}

const runRelu = defineOp<ReluInputs, Record<string, never>>("SeedmaskRelu", {
  saves: [],
  savesOutput: true,
  forward: ({ x }) => tf.relu(x),
  gradient: (dy, _inputs, output) => ({ x: () => slopeWhereOpen(dy, output(), CEILING.relu) }),
});

/**
 * max(x, 0) whose gradient is one op of the engine's; TensorFlow.js makes it of five.
 *
 * x         any shape
 * returns   the same shape  ≥ 0
 *
 * @see Nair & Hinton 2010, section 2
 */
export const relu = <Shaped extends tf.Tensor>(x: Shaped): Shaped => runRelu({ x }, {}) as Shaped;

const runBiasActivation = defineOp<BiasInputs, Ceiling>("SeedmaskBiasActivation", {
  saves: [],
  savesOutput: true,
  forward: ({ x, bias }, { ceiling }) => {
    const backend = nativeBackend();
    if (backend === null) return portable(tf.add(x, bias), ceiling);
    const biased = runNative(backend, "BiasAdd", { ...FLOAT, data_format: "NHWC" }, [x, bias]);
    if (ceiling < 0) return biased;
    return runNative(backend, ceiling === 0 ? "Relu" : "Relu6", FLOAT, [biased]);
  },
  gradient: (dy, _inputs, output, { ceiling }) => {
    const slope = (): tf.Tensor =>
      ceiling < 0 ? dy.clone() : slopeWhereOpen(dy, output(), ceiling);
    let known: tf.Tensor | undefined;
    return { x: () => (known = slope()), bias: () => sumOfChannels(known ?? slope()) };
  },
});

/**
 * Adds a bias to each channel, then cuts values off: below 0, and above 6 for `relu6`.
 *
 * x         [N, h, w, D]
 * bias      [D]
 * returns   [N, h, w, D]  ≥ 0 for relu, 0…6 for relu6
 *
 * @see Sandler et al. 2018, section 4 (relu6)
 */
export const biasActivation = (
  x: tf.Tensor4D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor4D => runBiasActivation({ x, bias }, { ceiling: CEILING[activation] }) as tf.Tensor4D;
