import { beforeAll, describe, expect, it } from "vitest";
import { tensorsLeft } from "../../test/tensors.ts";
import { createBackbone } from "../backbones/create-backbone.ts";
import type { RgbImage } from "../contract/image.ts";
import { OPTIMISATION_DEFAULTS } from "../contract/config-fields.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { disposeTrainingState, startTraining, type TrainingState } from "../tensor/training.ts";
import { disposeWeights, weightOf } from "../tensor/weights.ts";
import { asppSum } from "./aspp-sum.ts";
import { predictProbabilities } from "./predict.ts";
import { createSegmenter, initialSegmenterWeights, segment, type Segmenter } from "./segmenter.ts";
import { trainSegmenterStep } from "./train-step.ts";

const HEADS = ["large-fov", "aspp-sum", "aspp"] as const;
const optimisation = {
  ...OPTIMISATION_DEFAULTS,
  epochs: 1,
  learningRate: 0.01,
  headLearningRateFactor: 5,
  momentum: 0.9,
  weightDecay: 1e-4,
  polyPower: 0.9,
};

const segmenterWith = (head: (typeof HEADS)[number]): Segmenter =>
  createSegmenter({
    backbone: createBackbone({ name: "tiny", outputStride: 8 }),
    head,
    headChannels: 16,
    labels: 3,
  });

const SIDE = 48;

/** Two scenes: a red square on grey, a blue one elsewhere; the square's rim is ignored. */
function scenes(): { images: tf.Tensor4D; labelMaps: tf.Tensor3D } {
  const pixels = new Float32Array(2 * SIDE * SIDE * 3).fill(128);
  const labels = new Int32Array(2 * SIDE * SIDE);
  const paint = (n: number, from: number, to: number, colour: number[], label: number): void => {
    for (let y = from; y < to; y += 1)
      for (let x = from; x < to; x += 1) {
        const at = (n * SIDE + y) * SIDE + x;
        pixels.set(colour, at * 3);
        const rim = y === from || x === from || y === to - 1 || x === to - 1;
        labels[at] = rim ? 255 : label;
      }
  };
  paint(0, 8, 32, [230, 30, 30], 1);
  paint(1, 16, 40, [30, 30, 230], 2);
  return {
    images: tf.tensor4d(pixels, [2, SIDE, SIDE, 3]),
    labelMaps: tf.tensor3d(labels, [2, SIDE, SIDE], "int32"),
  };
}

async function train(
  segmenter: Segmenter,
  start: TrainingState,
  steps: number,
): Promise<{ state: TrainingState; losses: number[] }> {
  const { images, labelMaps } = scenes();
  const losses: number[] = [];
  let state = start;
  for (let step = 0; step < steps; step += 1) {
    const done = await trainSegmenterStep({
      segmenter,
      state,
      images,
      labelMaps,
      optimisation,
      totalSteps: 60,
    });
    state = done.state;
    losses.push(done.loss);
  }
  tf.dispose([images, labelMaps]);
  return { state, losses };
}

const photo = (height: number, width: number): RgbImage => ({
  height,
  width,
  data: Uint8Array.from({ length: height * width * 3 }, (_, at) => (at * 37 + (at >> 3)) % 256),
});

beforeAll(() => activateBackend());

describe.each(HEADS)("createSegmenter with %s", (head) => {
  const segmenter = segmenterWith(head);

  it("scores every feature", () => {
    const weights = initialSegmenterWeights(segmenter, createRandom(1));
    const images: tf.Tensor4D = tf.zeros([2, 33, 41, 3]);
    const logits = segment(segmenter, weights, images);
    expect(logits.shape).toEqual([2, 5, 6, 3]);
    tf.dispose([images, logits]);
    disposeWeights(weights);
  });

  it("learns two images in 50 steps, and leaves the number of tensors flat", async () => {
    const left = await tensorsLeft(async () => {
      const weights = initialSegmenterWeights(segmenter, createRandom(1));
      const first = await train(segmenter, startTraining(weights), 2);
      let { state } = first;
      let losses: number[] = [];
      const flat = await tensorsLeft(async () => {
        ({ state, losses } = await train(segmenter, state, 50));
      });
      expect(flat).toBe(0);
      expect(losses.at(-1)!).toBeLessThan(first.losses[0]! / 3);
      disposeTrainingState(state);
    });
    expect(left).toBe(0);
  });
});

describe("asppSum", () => {
  it("is four times one branch where all rates and weights are the same", async () => {
    const head = asppSum({ inputs: 4, channels: 0, labels: 2, outputStride: 8 }, [1, 1, 1, 1]);
    const single = asppSum({ inputs: 4, channels: 0, labels: 2, outputStride: 8 }, [1]);
    const filter = tf.randomNormal([3, 3, 4, 2], 0, 1, "float32", 3);
    const bias = tf.tensor1d([0.5, -1]);
    const weights = new Map(
      head.parameters.map(({ name, role }) => [name, role === "weight" ? filter : bias]),
    );
    const x: tf.Tensor4D = tf.randomNormal([1, 5, 6, 4], 0, 1, "float32", 4);
    const [four, one] = [head.infer(weights, x), tf.mul(single.infer(weights, x), 4)];
    const [a, b] = [await four.data(), await one.data()];
    for (const [at, value] of a.entries()) expect(value).toBeCloseTo(b[at]!, 4);
    tf.dispose([filter, bias, x, four, one]);
  });
});

describe("aspp", () => {
  it("moves running statistics towards the batch's", async () => {
    const segmenter = segmenterWith("aspp");
    const weights = initialSegmenterWeights(segmenter, createRandom(1));
    const { state } = await train(segmenter, startTraining(weights), 3);
    const mean = await weightOf(state.weights, "aspp.convs.0.1.running_mean").data();
    expect(mean.some((value) => value !== 0)).toBe(true);
    disposeTrainingState(state);
  });
});

describe("predictProbabilities", () => {
  const segmenter = segmenterWith("large-fov");

  it.each([
    [33, 47],
    [1, 1],
    [7, 50],
  ])("sums to one at every pixel of %i×%i and leaves no tensor", async (height, width) => {
    const weights = initialSegmenterWeights(segmenter, createRandom(2));
    const left = await tensorsLeft(async () => {
      const views = [photo(height, width), photo(height * 2, width * 2)];
      const { labels, data, ...size } = await predictProbabilities({
        segmenter,
        weights,
        views,
        flip: true,
        height,
        width,
      });
      expect([labels, size]).toEqual([3, { height, width }]);
      const pixels = height * width;
      for (let at = 0; at < pixels; at += 1) {
        expect(data[at]! + data[pixels + at]! + data[2 * pixels + at]!).toBeCloseTo(1, 5);
      }
    });
    expect(left).toBe(0);
    disposeWeights(weights);
  });

  it("gives mirrored answers for mirrored images when it looks at both", async () => {
    const weights = initialSegmenterWeights(segmenter, createRandom(2));
    const [height, width] = [24, 40];
    const view = photo(height, width);
    const mirrored = photo(height, width);
    for (let at = 0; at < height * width; at += 1) {
      const other = at - (at % width) + width - 1 - (at % width);
      mirrored.data.set(view.data.subarray(at * 3, at * 3 + 3), other * 3);
    }
    const options = { segmenter, weights, flip: true, height, width };
    const [a, b] = [
      await predictProbabilities({ ...options, views: [view] }),
      await predictProbabilities({ ...options, views: [mirrored] }),
    ];
    for (const [at, value] of a.data.entries()) {
      expect(b.data[at - (at % width) + width - 1 - (at % width)]).toBeCloseTo(value, 5);
    }
    disposeWeights(weights);
  });

  it("refuses to look at nothing", async () => {
    await expect(
      predictProbabilities({
        segmenter,
        weights: new Map(),
        views: [],
        flip: false,
        height: 1,
        width: 1,
      }),
    ).rejects.toThrow(/at least one view/);
  });
});
