import { beforeAll, describe, expect, it } from "vitest";
import { tensorsLeft } from "../../test/tensors.ts";
import { createBackbone } from "../backbones/create-backbone.ts";
import type { RgbImage } from "../contract/image.ts";
import { OPTIMISATION_DEFAULTS } from "../contract/config-fields.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import {
  decodeTrainingState,
  disposeTrainingState,
  encodeTrainingState,
  startTraining,
  type TrainingState,
} from "../tensor/training.ts";
import { disposeWeights, stateDictOf } from "../tensor/weights.ts";
import {
  classMaps,
  createClassifier,
  initialClassifierWeights,
  readClasses,
} from "./classifier.ts";
import { fitLinearHead, pooledFeatures, withHead } from "./linear-head.ts";
import { trainClassifierStep } from "./train-step.ts";

const classifier = createClassifier({
  backbone: createBackbone({ name: "tiny", outputStride: 8 }),
  classes: 3,
});
const optimisation = {
  ...OPTIMISATION_DEFAULTS,
  epochs: 1,
  learningRate: 0.02,
  headLearningRateFactor: 10,
  momentum: 0.9,
  weightDecay: 1e-4,
  polyPower: 0.9,
};
const random = createRandom(1);

/** Flat images of three colours; the label says which. */
const batch = (): { images: tf.Tensor4D; imageLabels: tf.Tensor2D } => {
  const colours = [
    [220, 40, 40],
    [40, 220, 40],
    [40, 40, 220],
  ];
  const images = tf.tidy(() =>
    tf.stack(colours.map((colour) => tf.tile(tf.tensor3d(colour, [1, 1, 3]), [32, 32, 1]))),
  ) as tf.Tensor4D;
  return { images, imageLabels: tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]) };
};

const photo = (height: number, width: number): RgbImage => ({
  height,
  width,
  data: Uint8Array.from({ length: height * width * 3 }, (_, at) => (at * 37 + (at >> 3)) % 256),
});

async function train(
  state: TrainingState,
  steps: number,
): Promise<{ state: TrainingState; losses: number[] }> {
  const { images, imageLabels } = batch();
  const losses: number[] = [];
  let current = state;
  for (let step = 0; step < steps; step += 1) {
    const done = await trainClassifierStep({
      classifier,
      state: current,
      images,
      imageLabels,
      optimisation,
      totalSteps: 60,
    });
    current = done.state;
    losses.push(done.loss);
  }
  tf.dispose([images, imageLabels]);
  return { state: current, losses };
}

beforeAll(() => activateBackend());

describe("classMaps", () => {
  it.each([
    [32, 48],
    [33, 41],
    [7, 50],
    [1, 1],
  ])("has the logit as the mean of its map, %i×%i", async (height, width) => {
    const weights = initialClassifierWeights(classifier, random);
    const image = tf.tensor4d(Float32Array.from(photo(height, width).data), [1, height, width, 3]);
    const { logits, mass } = readClasses(classifier, weights, image);
    const maps = classMaps(classifier, weights, image);
    const means: tf.Tensor2D = tf.mean(maps, [1, 2]);
    const rectified: tf.Tensor2D = tf.mean(tf.relu(maps), [1, 2]);
    expect(maps.shape).toEqual([1, Math.ceil(height / 8), Math.ceil(width / 8), 3]);
    const [expected, expectedMass] = [await logits.data(), await mass.data()];
    for (const [index, mean] of (await means.data()).entries()) {
      expect(mean).toBeCloseTo(expected[index]!, 4);
    }
    for (const [index, mean] of (await rectified.data()).entries()) {
      expect(mean).toBeCloseTo(expectedMass[index]!, 4);
    }
    tf.dispose([image, logits, mass, maps, means, rectified]);
    disposeWeights(weights);
  });
});

describe("trainClassifierStep", () => {
  it("lowers the loss, and leaves the number of tensors flat over 50 steps", async () => {
    const left = await tensorsLeft(async () => {
      const first = await train(startTraining(initialClassifierWeights(classifier, random)), 2);
      const flat = await tensorsLeft(async () => {
        const { state, losses } = await train(first.state, 50);
        expect(losses.at(-1)!).toBeLessThan(first.losses[0]! / 3);
        expect(state.step).toBe(52);
        // The state that went in was used up; what came out is as large.
        first.state = state;
      });
      expect(flat).toBe(0);
      disposeTrainingState(first.state);
    });
    expect(left).toBe(0);
  });

  it("goes on from a saved state to the same bit", async () => {
    const { parameters } = classifier;
    const start = (): TrainingState =>
      startTraining(initialClassifierWeights(classifier, createRandom(5)));
    const whole = await train(start(), 6);
    const half = await train(start(), 3);
    const saved = await encodeTrainingState(parameters, half.state);
    const resumed = await train(decodeTrainingState(parameters, saved), 3);
    const [a, b] = [whole, resumed].map(({ state }) => stateDictOf(parameters, state.weights));
    expect(await b).toEqual(await a);
    for (const { state } of [whole, half, resumed]) disposeTrainingState(state);
  });

  it("refuses a loss that is not a number, with the step", async () => {
    const weights = new Map(initialClassifierWeights(classifier, random));
    const bad = weights.get("bn1.bias")!;
    weights.set("bn1.bias", tf.fill(bad.shape, NaN));
    bad.dispose();
    const state = startTraining(weights);
    await expect(train(state, 1)).rejects.toThrow(/finite loss at step 0, got NaN/);
    disposeTrainingState(state);
  });
});

describe("fitLinearHead", () => {
  it("separates colours from pooled features, and its head is linear on raw ones", async () => {
    const left = await tensorsLeft(async () => {
      const weights = initialClassifierWeights(classifier, random);
      const { images, imageLabels } = batch();
      const features = await pooledFeatures(classifier, weights, images);
      const head = await fitLinearHead({
        features,
        imageLabels: Uint8Array.from(await imageLabels.data()),
        images: 3,
        channels: classifier.backbone.channels,
        classes: 3,
        weightDecay: 1e-3,
      });
      const fitted = withHead(classifier, weights, head);
      const { logits, mass } = readClasses(classifier, fitted, images);
      const values = await logits.data();
      for (let n = 0; n < 3; n += 1) {
        for (let c = 0; c < 3; c += 1) {
          if (n === c) expect(values[n * 3 + c]).toBeGreaterThan(1);
          else expect(values[n * 3 + c]).toBeLessThan(-1);
        }
      }
      expect(head.losses.at(-1)!).toBeLessThan(head.losses[0]!);
      tf.dispose([images, imageLabels, logits, mass]);
      disposeWeights(weights);
      for (const [name, tensor] of fitted) if (weights.get(name) !== tensor) tensor.dispose();
    });
    expect(left).toBe(0);
  });

  it("gives a feature that never changes no weight", async () => {
    const features = Float32Array.of(1, 5, 0, 5, 1, 5, 0, 5);
    const { weight } = await fitLinearHead({
      features,
      imageLabels: Uint8Array.of(1, 0, 1, 0),
      images: 4,
      channels: 2,
      classes: 1,
    });
    expect(weight[0]).toBeGreaterThan(0);
    expect(weight[1]).toBe(0);
  });
});
