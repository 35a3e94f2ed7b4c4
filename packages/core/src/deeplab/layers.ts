import { type Activation, biasActivation } from "../tensor/activation.ts";
import { conv2d } from "../tensor/conv.ts";
import type { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";

/** A convolution with a bias, padded so that the grid stays as it is. */
export interface BiasedConv {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: 1 | 3;
  readonly dilation: number;
  readonly activation: Activation;
  /** Deviation of fresh weights; default He et al.'s. */
  readonly deviation?: number;
}

/** Weight [O, I, kh, kw] and bias [O] of one layer. @see Chen et al. 2015, section 3.1 */
export const biasedConvParameters = ({
  name,
  inputs,
  outputs,
  kernel,
  deviation,
}: BiasedConv): Parameter[] => [
  {
    name: `${name}.weight`,
    kind: "conv",
    role: "weight",
    shape: [outputs, inputs, kernel, kernel],
    ...(deviation === undefined ? {} : { deviation }),
  },
  { name: `${name}.bias`, kind: "vector", role: "bias", shape: [outputs] },
];

/** x [N, h, w, I] → [N, h, w, O]. @see Chen et al. 2015, section 3.1 */
export const biasedConv = (
  x: tf.Tensor4D,
  weights: Weights,
  { name, kernel, dilation, activation }: BiasedConv,
): tf.Tensor4D =>
  biasActivation(
    conv2d(x, weightOf(weights, `${name}.weight`), {
      dilation: kernel === 1 ? 1 : dilation,
      padding: kernel === 1 ? 0 : dilation,
    }),
    weightOf(weights, `${name}.bias`),
    activation,
  );
