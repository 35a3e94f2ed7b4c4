import { beforeAll, describe, expect, it } from "vitest";
import { centralDifferences, tensorsLeft } from "../../test/tensors.ts";
import { createBackbone } from "../backbones/create-backbone.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { disposeTrainingState, startTraining } from "../tensor/training.ts";
import { disposeWeights, initialWeights } from "../tensor/weights.ts";
import { innerGrid } from "./boundary-affinity.ts";
import { boundaryLosses, taughtPairs } from "./boundary-loss.ts";
import { boundaryMap, createIrnNetwork } from "./irn-network.ts";
import { trainIrnStep } from "./irn-step.ts";

beforeAll(() => activateBackend());

const RADIUS = 3;
const HEIGHT = 4;
const WIDTH = 6;
const options = { radiusInFeatures: RADIUS };

/** Class 1 in the left half, background in the right, unless told otherwise. */
const halves = (right = 0): tf.Tensor3D =>
  tf.tensor3d(
    Int32Array.from({ length: HEIGHT * WIDTH }, (_, p) => (p % WIDTH < WIDTH / 2 ? 1 : right)),
    [1, HEIGHT, WIDTH],
    "int32",
  );
const pairsOf = (labels: tf.Tensor3D) => taughtPairs(labels, { ...options, classes: 1 });
const still = (): tf.Tensor4D => tf.zeros([1, HEIGHT, WIDTH, 2]);
const flat = (value: number): tf.Tensor4D => tf.fill([1, HEIGHT, WIDTH, 1], value);
const valueOf = async (x: tf.Tensor): Promise<number> => (await x.data())[0]!;

describe("boundaryLosses", () => {
  it("is 0 where nothing is sure", async () => {
    const unsure = tf.fill<tf.Rank.R3>([1, HEIGHT, WIDTH], 255, "int32");
    const { total } = boundaryLosses(flat(0.5), still(), pairsOf(unsure), options);
    expect(await valueOf(total)).toBe(0);
  });

  it("has no loss for a wall between the halves and none elsewhere, in either half", async () => {
    const wall = tf.tensor4d(
      Float32Array.from({ length: HEIGHT * WIDTH }, (_, p) => Number(p % WIDTH === WIDTH / 2 - 1)),
      [1, HEIGHT, WIDTH, 1],
    );
    const { negative } = boundaryLosses(wall, still(), pairsOf(halves()), options);
    expect(await valueOf(negative)).toBeLessThan(1e-3);
    const { positive } = boundaryLosses(flat(0), still(), pairsOf(halves()), options);
    expect(await valueOf(positive)).toBeLessThan(1e-3);
  });

  it("wants pairs of one class to differ by their distance, pairs of background not at all", async () => {
    // Every pixel points to the origin: D(p) − D(p + Δ) = Δ.
    const centre = tf.tensor4d(
      Float32Array.from({ length: HEIGHT * WIDTH * 2 }, (_, at) => {
        const p = Math.floor(at / 2);
        return at % 2 === 0 ? -Math.floor(p / WIDTH) : -(p % WIDTH);
      }),
      [1, HEIGHT, WIDTH, 2],
    );
    const object = boundaryLosses(flat(0), centre, pairsOf(halves(1)), options);
    expect(await valueOf(object.foregroundDisplacement)).toBeLessThan(1e-5);
    const ground = boundaryLosses(flat(0), still(), pairsOf(halves()), options);
    expect(await valueOf(ground.backgroundDisplacement)).toBe(0);
    expect(await valueOf(ground.foregroundDisplacement)).toBeGreaterThan(0.5);
  });

  it("has the slope that finite differences give", async () => {
    const random = createRandom(4);
    const start = Float32Array.from({ length: HEIGHT * WIDTH }, () => 0.2 + 0.6 * random.uniform());
    const pairs = pairsOf(halves());
    const loss = (x: tf.Tensor) => boundaryLosses(x as tf.Tensor4D, still(), pairs, options).total;
    const at = (values: Float32Array) => tf.tensor4d(values, [1, HEIGHT, WIDTH, 1]);
    const slope = await tf.grad(loss)(at(start)).data();
    const differences = await centralDifferences((values) => loss(at(values)), start, 1e-3);
    differences.forEach((expected, pixel) => expect(slope[pixel]).toBeCloseTo(expected, 2));
  });

  it("refuses a grid smaller than the radius", () => {
    expect(() => innerGrid({ height: 9, width: 18 }, 10)).toThrow(
      /at least 10×19 for radius 10, got 9×18/u,
    );
  });
});

describe("trainIrnStep", () => {
  it("learns a boundary between two colours, leaves the backbone alone and leaks nothing", async () => {
    const side = 32;
    const left = await tensorsLeft(async () => {
      const network = createIrnNetwork(createBackbone({ name: "tiny", outputStride: 8 }));
      const trunk = initialWeights(network.backbone.parameters, createRandom(1));
      const isLeft = (p: number) => p % side < side / 2;
      const images = tf.tensor4d(
        Float32Array.from({ length: side * side * 3 }, (_, at) =>
          isLeft(Math.floor(at / 3)) ? 200 : 40,
        ),
        [1, side, side, 3],
      );
      const labels = tf.tensor3d(
        Int32Array.from({ length: side * side }, (_, p) => Number(isLeft(p))),
        [1, side, side],
        "int32",
      );
      let state = startTraining(initialWeights(network.branchParameters, createRandom(2)));
      const losses: number[] = [];
      for (let step = 0; step < 12; step += 1) {
        const result = await trainIrnStep({
          network,
          trunk,
          state,
          images,
          labels,
          classes: 1,
          radiusInFeatures: RADIUS,
          optimisation: {
            epochs: 1,
            learningRate: 0.1,
            headLearningRateFactor: 10,
            optimiser: { kind: "sgd", nesterov: false },
            momentum: 0,
            weightDecay: 1e-4,
            polyPower: 0.9,
            polyEvery: 1,
            learningRateDrop: null,
            accumulationSteps: 1,
          },
          totalSteps: 12,
        });
        state = result.state;
        losses.push(result.loss);
      }
      expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.75);
      const weights = new Map([...trunk, ...state.weights]);
      const size = { height: 8, width: 8 };
      const mirrored = tf.reverse(images, 2);
      const boundary = await boundaryMap(network, weights, { view: images, mirrored }, size);
      const row = boundary.subarray(32, 40);
      const middle = Math.max(row[3]!, row[4]!);
      expect(middle).toBeGreaterThan(Math.max(row[1]!, row[6]!));
      disposeTrainingState(state);
      disposeWeights(trunk);
      tf.dispose([images, mirrored, labels]);
    });
    expect(left).toBe(0);
  });
});
