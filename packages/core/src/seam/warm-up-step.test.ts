import { beforeAll, describe, expect, it } from "vitest";
import { tiny } from "../backbones/tiny.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { type Optimisation, startTraining } from "../tensor/training.ts";
import { cloneWeights, type Weights, weightOf } from "../tensor/weights.ts";
import { createSeamNetwork, initialSeamWeights } from "./seam-network.ts";
import { trainSiameseStep } from "./siamese-step.ts";
import { trainWarmUpStep } from "./warm-up-step.ts";

/** Any multi-label loss will do: the room is given one. */
const classificationLoss = (logits: tf.Tensor2D, imageLabels: tf.Tensor2D): tf.Scalar =>
  tf.losses.sigmoidCrossEntropy(imageLabels, logits);

beforeAll(async () => {
  await activateBackend();
});

const network = createSeamNetwork({ backbone: tiny({ outputStride: 8 }), classes: 2 });
const initial = initialSeamWeights(network, createRandom(3));
const valuesOf = async (weights: Weights, name: string): Promise<number[]> => [
  ...(await weightOf(weights, name).data()),
];
const optimisation: Optimisation = {
  epochs: 1,
  learningRate: 0.1,
  headLearningRateFactor: 1,
  optimiser: { kind: "sgd", nesterov: false },
  momentum: 0,
  weightDecay: 0,
  polyPower: 0,
  polyEvery: 1,
  learningRateDrop: null,
  accumulationSteps: 1,
};
const given = {
  network,
  images: tf.randomUniform<tf.Rank.R4>([2, 32, 32, 3], 0, 255, "float32", 1),
  imageLabels: tf.tensor2d([1, 0, 1, 1], [2, 2]),
  optimisation,
  totalSteps: 10,
  dropout: (x: tf.Tensor4D) => x,
  classificationLoss,
};
const warmUp = (weights: Weights) =>
  trainWarmUpStep({
    ...given,
    state: startTraining(cloneWeights(network.parameters, weights)),
  });

describe("trainWarmUpStep", () => {
  it("trains trunk and class head, and leaves the correlation module as it is", async () => {
    const { state } = await warmUp(initial);
    for (const name of ["f8_3.weight", "f8_4.weight", "f9.weight"]) {
      expect(await valuesOf(state.weights, name)).toEqual(await valuesOf(initial, name));
    }
    for (const name of ["conv1.weight", "fc8.weight"]) {
      expect(await valuesOf(state.weights, name)).not.toEqual(await valuesOf(initial, name));
    }
  });

  it("moves the class head against the slope of its loss, by finite differences", async () => {
    const { state } = await warmUp(initial);
    const before = await valuesOf(initial, "fc8.weight");
    const after = await valuesOf(state.weights, "fc8.weight");
    const { shape } = weightOf(initial, "fc8.weight");
    const lossAt = async (at: number, by: number): Promise<number> => {
      const values = before.map((value, index) => (index === at ? value + by : value));
      const moved = new Map([...initial, ["fc8.weight", tf.tensor(values, shape)] as const]);
      return (await warmUp(moved)).loss;
    };
    for (const at of [1, 2, 4, 100]) {
      const numeric = ((await lossAt(at, 0.05)) - (await lossAt(at, -0.05))) / 0.1;
      expect((before[at]! - after[at]!) / optimisation.learningRate).toBeCloseTo(numeric, 3);
    }
  });

  it("hands its state to SEAM's own step", async () => {
    const { state } = await warmUp(initial);
    const step = { ...given, state, branchScale: 0.5, upsampling: "fast" as const };
    const result = await trainSiameseStep(step);
    expect(result.state.step).toBe(2);
    expect(await valuesOf(result.state.weights, "f9.weight")).not.toEqual(
      await valuesOf(initial, "f9.weight"),
    );
  });
});
