import { NATIVE_BACKEND } from "./native.ts";
import { tf } from "./tf.ts";

type Inputs = Readonly<Record<string, tf.Tensor>>;
/** Plain facts an op was called with; kept for its gradient. */
export type OpAttributes = Record<string, number | boolean | number[]>;

export interface Op<In extends Inputs, Attributes extends OpAttributes> {
  /** Inputs whose values the gradient needs; they stay in memory until then. */
  readonly saves: readonly (keyof In & string)[];
  /** Whether the gradient needs the output. */
  readonly savesOutput?: boolean;
  forward(inputs: In, attributes: Attributes): tf.Tensor;
  /** One function per input that can have a gradient; called only where one is asked for. */
  gradient(
    dy: tf.Tensor,
    inputs: In,
    output: () => tf.Tensor,
    attributes: Attributes,
  ): Partial<Record<keyof In & string, () => tf.Tensor>>;
}

const EVERY_BACKEND = [NATIVE_BACKEND, "webgpu", "wasm", "cpu"];

/**
 * Gives an op of ours to TensorFlow.js: a forward pass, and a lazy gradient for each input, so that
 * what is frozen costs nothing.
 */
export function defineOp<In extends Inputs, Attributes extends OpAttributes>(
  name: string,
  op: Op<In, Attributes>,
): (inputs: In, attributes: Attributes) => tf.Tensor {
  for (const backendName of EVERY_BACKEND) {
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => op.forward(inputs as In, attrs as Attributes)),
    });
  }
  tf.registerGradient({
    kernelName: name,
    inputsToSave: [...op.saves],
    outputsToSave: [op.savesOutput === true],
    gradFunc: (dy, saved, attrs) => {
      const inputs = Object.fromEntries(op.saves.map((input, at) => [input, saved[at]!]));
      const output = (): tf.Tensor => saved[op.saves.length]!;
      return op.gradient(dy as tf.Tensor, inputs as In, output, attrs as Attributes) as Record<
        string,
        () => tf.Tensor
      >;
    },
  });
  return (inputs, attributes) =>
    tf.engine().runKernel(name, { ...inputs }, attributes) as tf.Tensor;
}
