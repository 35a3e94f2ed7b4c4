import { beforeAll, expect, test } from "vitest";
import { tiny } from "../src/backbones/tiny.ts";
import {
  classMaps,
  createClassifier,
  initialClassifierWeights,
} from "../src/classifier/classifier.ts";
import { trainClassifierStep } from "../src/classifier/train-step.ts";
import { OPTIMISATION_DEFAULTS } from "../src/contract/index.ts";
import { activateBackend } from "../src/tensor/backend.ts";
import { createRandom } from "../src/tensor/random.ts";
import { tf } from "../src/tensor/tf.ts";
import { type Optimisation, startTraining } from "../src/tensor/training.ts";
import { plainTiny } from "./plain-tiny.ts";
import { sceneOf } from "./scenes.ts";

const CLASSES = 6;
const LEARNING_RATE = 0.01;
const TEN_MINUTES = 600_000;
const options = { iterations: 10, time: 0, warmupIterations: 2 };

const OPTIMISATION: Optimisation = {
  ...OPTIMISATION_DEFAULTS,
  epochs: 1,
  learningRate: LEARNING_RATE,
  headLearningRateFactor: 1,
  momentum: 0.9,
  weightDecay: 5e-4,
  polyPower: 0.9,
};

const SIZES = [
  { batch: 4, side: 64 },
  { batch: 16, side: 96 },
  { batch: 8, side: 192 },
] as const;

beforeAll(async () => {
  await activateBackend();
});

const classifier = createClassifier({ backbone: tiny({ outputStride: 16 }), classes: CLASSES });
const random = createRandom(1);

for (const { batch, side } of SIZES) {
  test(
    `training step of tiny, ${batch} × ${side} px`,
    { timeout: TEN_MINUTES },
    async ({ bench }) => {
      const images: tf.Tensor4D = tf.randomUniform([batch, side, side, 3], 0, 255, "float32", 1);
      const imageLabels: tf.Tensor2D = tf.cast(
        tf.greater(tf.randomUniform([batch, CLASSES], 0, 1, "float32", 1), 0.5),
        "float32",
      );
      const plain = plainTiny(CLASSES, { learningRate: LEARNING_RATE });
      let state = startTraining(initialClassifierWeights(classifier, random));
      const step = async (): Promise<void> => {
        const next = await trainClassifierStep({
          classifier,
          state,
          images,
          imageLabels,
          optimisation: OPTIMISATION,
          totalSteps: 1000,
        });
        state = next.state;
      };
      // The first step makes the momenta.
      await step();
      const before = tf.memory().numTensors;
      await step();
      expect(tf.memory().numTensors).toBe(before);
      const result = await bench.compare(
        bench("ours", step),
        bench("plain TensorFlow.js", () => plain.train(images, imageLabels)),
        options,
      );
      expect(result.get("ours")).toBeFasterThan(result.get("plain TensorFlow.js"));
    },
  );
}

for (const size of [
  { height: 64, width: 64 },
  { height: 96, width: 96 },
  { height: 375, width: 500 },
]) {
  test(
    `class maps of tiny, ${size.height}×${size.width}`,
    { timeout: TEN_MINUTES },
    async ({ bench }) => {
      const view = sceneOf(size);
      const weights = initialClassifierWeights(classifier, random);
      const plain = plainTiny(CLASSES, { learningRate: LEARNING_RATE });
      const read = async (
        mapsOf: (images: tf.Tensor4D) => Promise<tf.Tensor4D> | tf.Tensor4D,
      ): Promise<void> => {
        const image = tf.tensor4d(Float32Array.from(view.data), [1, size.height, size.width, 3]);
        const maps = await mapsOf(image);
        await maps.data();
        tf.dispose([image, maps]);
      };
      const ours = () => read((images) => classMaps(classifier, weights, images));
      const before = tf.memory().numTensors;
      await ours();
      expect(tf.memory().numTensors).toBe(before);
      const result = await bench.compare(
        bench("ours", ours),
        bench("plain TensorFlow.js", () => read(plain.maps)),
        { ...options, iterations: 40 },
      );
      // Norms are folded into filters at each call: some 2 ms, which a photograph makes up for.
      if (size.height < 300) return;
      expect(result.get("ours")).not.toBeSlowerThan(result.get("plain TensorFlow.js"), {
        delta: 0.1,
      });
    },
  );
}
