import { z } from "zod";
import { multiLabelSoftMarginLoss } from "../../../classifier/multilabel-loss.ts";
import { conv2d } from "../../../tensor/conv.ts";
import { polynomialDecay, sgdStep } from "../../../tensor/optimizer.ts";
import { tf } from "../../../tensor/tf.ts";
import type { Weights } from "../../../tensor/weights.ts";
import { hwio, matrix, nhwc, oihwValues, valuesOf } from "../tensors.ts";
import type { Kernel } from "./kernel.ts";

/** Loss and gradients of some weights, by name. */
export function slopesOf(
  weights: Weights,
  names: readonly string[],
  loss: (weights: Weights) => tf.Scalar,
): { value: tf.Scalar; gradients: Weights } {
  const { value, grads } = tf.valueAndGrads((...changed) =>
    loss(new Map([...weights, ...names.map((name, at) => [name, changed[at]!] as const)])),
  )(names.map((name) => weights.get(name)!));
  return {
    value: value as tf.Scalar,
    gradients: new Map(names.map((name, at) => [name, grads[at]!])),
  };
}

export const multilabelSoftMargin: Kernel = async (golden) => {
  const labels = matrix(golden, "label");
  const loss = (x: tf.Tensor) => multiLabelSoftMarginLoss(x as tf.Tensor2D, labels);
  const logits = matrix(golden, "logits");
  return {
    loss: await valuesOf(loss(logits)),
    grad: await valuesOf(tf.grad(loss)(logits)),
  };
};

/** Rates of weights and biases at each step. */
const ratesSchema = z.array(z.tuple([z.number(), z.number()])).min(1);

/** Three steps of psa's optimiser: no momentum to speak of, biases at twice the rate without decay. */
export const optimiserPolyPsa: Kernel = async (golden) => {
  const initial = golden.number("lr");
  const decay = polynomialDecay({
    initial,
    power: golden.number("power"),
    steps: golden.number("max_step"),
  });
  const groups = golden.param("lrs", ratesSchema);
  const [weightRate, biasRate] = groups[0]!;
  const rules = [
    {
      name: "w",
      learningRateFactor: weightRate / initial,
      weightDecay: golden.number("weight_decay"),
    },
    { name: "b", learningRateFactor: biasRate / initial, weightDecay: 0 },
  ];
  let weights: Weights = new Map<string, tf.Tensor>([
    ["w", hwio(golden, "w0")],
    ["b", tf.tensor1d(Float32Array.from(golden.f32("b0")))],
  ]);
  let memory: Weights = new Map();
  const outputs: Record<string, ArrayLike<number>> = {};
  for (const step of groups.keys()) {
    const images = nhwc(golden, `x${step}`);
    const labels = matrix(golden, `y${step}`);
    const { value, gradients } = slopesOf(weights, ["w", "b"], (current) => {
      const maps = tf.add<tf.Tensor4D>(
        conv2d(images, current.get("w") as tf.Tensor4D),
        current.get("b")!,
      );
      return multiLabelSoftMarginLoss(tf.mean(maps, [1, 2]), labels);
    });
    ({ weights, memory } = sgdStep(
      { weights, gradients, memory, rules, learningRate: decay(step) },
      { momentum: golden.number("momentum_effective"), nesterov: false },
    ));
    outputs[`loss${step}`] = await valuesOf(value);
    outputs[`grad_w${step}`] = await oihwValues(gradients.get("w")!);
    outputs[`w${step + 1}`] = await oihwValues(weights.get("w")!);
    outputs[`b${step + 1}`] = await valuesOf(weights.get("b")!);
  }
  return outputs;
};

/** The learning rate of deeplab-pytorch, which moves only every few iterations. */
export const polyLearningRate: Kernel = (golden) => {
  const steps = golden.number("iter_max");
  const [count] = golden.extents("lr", 1);
  const decay = polynomialDecay({
    initial: golden.number("lr"),
    power: golden.number("power"),
    steps,
    every: golden.number("step_size"),
  });
  return { lr: Array.from({ length: count }, (_, step) => decay(step)) };
};
