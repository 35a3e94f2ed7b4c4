import { beforeAll, describe, expect, it } from "vitest";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { correlationInput } from "./correlation-input.ts";
import { crossRegularisationLoss } from "./cross-regularisation-loss.ts";
import { equivarianceLoss } from "./equivariance-loss.ts";
import { maxNormalise } from "./max-normalise.ts";
import { correlatePixels } from "./pcm.ts";
import { topKMean } from "./top-k-mean.ts";

beforeAll(async () => {
  await activateBackend();
});

const valuesOf = async (x: tf.Tensor): Promise<number[]> => [...(await x.data())];
const noise = (shape: [number, number, number, number], seed: number): tf.Tensor4D =>
  tf.randomUniform(shape, -1, 1, "float32", seed);

describe("correlatePixels", () => {
  it("gives the spatial mean where all features are equal", async () => {
    const maps = tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1]);
    const revised = await valuesOf(correlatePixels(maps, tf.ones([1, 2, 2, 5])));
    for (const value of revised) expect(value).toBeCloseTo(3, 4);
  });

  it("changes nothing where all features are orthogonal", async () => {
    const maps = tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1]);
    const revised = correlatePixels(maps, tf.reshape(tf.eye(4), [1, 2, 2, 4]));
    const values = await valuesOf(revised);
    [1, 2, 3, 6].forEach((value, at) => expect(values[at]).toBeCloseTo(value, 3));
  });

  it("stays between the least and the greatest score", async () => {
    const maps = noise([2, 5, 4, 3], 1);
    const revised = await valuesOf(correlatePixels(maps, noise([2, 5, 4, 6], 2)));
    const scores = await valuesOf(maps);
    expect(Math.max(...revised)).toBeLessThanOrEqual(Math.max(...scores) + 1e-4);
    expect(Math.min(...revised)).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-4);
  });

  it("has a finite gradient where a feature is zero", async () => {
    const features = tf.zeros<tf.Rank.R4>([1, 2, 2, 3]);
    const gradient = tf.grad((x) => correlatePixels(noise([1, 2, 2, 2], 3), x as tf.Tensor4D));
    expect((await valuesOf(gradient(features))).every(Number.isFinite)).toBe(true);
  });

  it("gives the same maps and gradients whatever the block", async () => {
    const inputs = [noise([2, 5, 4, 3], 1), noise([2, 5, 4, 6], 2)];
    const slope = noise([2, 5, 4, 3], 3);
    const inBlocks = async (block: number) => {
      const revise = (maps: tf.Tensor, features: tf.Tensor) =>
        correlatePixels(maps as tf.Tensor4D, features as tf.Tensor4D, { block });
      const gradients = tf.grads(revise)(inputs, slope);
      return Promise.all([revise(inputs[0]!, inputs[1]!), ...gradients].map(valuesOf));
    };
    const whole = await inBlocks(20);
    for (const block of [1, 7, 512]) {
      const parts = await inBlocks(block);
      parts.forEach((values, part) =>
        values.forEach((value, at) => expect(value).toBeCloseTo(whole[part]![at]!, 5)),
      );
    }
  });

  it("refuses features of another grid and says both", () => {
    expect(() => correlatePixels(noise([1, 2, 2, 2], 1), noise([1, 3, 2, 2], 1))).toThrow(
      "expected [N = 1, h = 2, w = 2, D], got [1, 3, 2, 2]",
    );
  });

  it("leaks no tensor, forwards and backwards", () => {
    const maps = noise([1, 4, 4, 2], 1);
    const features = noise([1, 4, 4, 3], 2);
    const step = () =>
      tf.dispose(
        tf.grads((a, b) => correlatePixels(a as tf.Tensor4D, b as tf.Tensor4D, { block: 5 }))([
          maps,
          features,
        ]),
      );
    step();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i += 1) step();
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.memory().numDataBuffers).toBeLessThanOrEqual(before);
  });
});

describe("correlationInput", () => {
  it("gives zeros and a full background for a CAM without a positive value", async () => {
    const input = await valuesOf(correlationInput(tf.neg(tf.ones<tf.Rank.R4>([1, 1, 2, 3]))));
    expect(input).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it("keeps one foreground class a pixel", async () => {
    // Maxima are 4 and 2; pixel 0 has normalised scores 1 and 0.5, pixel 1 has 0.5 and 1.
    const input = await valuesOf(correlationInput(tf.tensor4d([9, 4, 1, 9, 2, 2], [1, 1, 2, 3])));
    expect(input[2]).toBe(0);
    expect(input[4]).toBe(0);
    expect(input[1]).toBeCloseTo(1, 4);
    expect(input[5]).toBeCloseTo(1, 4);
  });
});

describe("maxNormalise", () => {
  it("lies in 0…1 and does not change when its input is scaled", async () => {
    const maps = noise([2, 4, 5, 3], 7);
    const once = await valuesOf(maxNormalise(maps));
    const scaled = await valuesOf(maxNormalise(tf.mul(maps, 30)));
    expect(Math.min(...once)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...once)).toBeLessThan(1);
    once.forEach((value, at) => expect(scaled[at]).toBeCloseTo(value, 4));
  });
});

describe("equivarianceLoss", () => {
  it("is zero for equal maps and ignores the background", async () => {
    const maps = noise([1, 3, 3, 4], 5);
    const other = tf.concat([tf.ones([1, 3, 3, 1]), tf.slice(maps, [0, 0, 0, 1])], 3);
    expect(await valuesOf(equivarianceLoss(maps, other as tf.Tensor4D))).toEqual([0]);
  });
});

describe("topKMean", () => {
  it("is the mean of everything when k is everything, and falls as k grows", async () => {
    const values = tf.tensor2d([4, 1, 3, 2], [1, 4]);
    const means = await Promise.all([1, 2, 3, 4].map((k) => valuesOf(topKMean(values, k))));
    expect(means.flat()).toEqual([4, 3.5, 3, 2.5]);
  });

  it("shares the last place among values that tie", async () => {
    const gradient = tf.grad((x) => topKMean(x as tf.Tensor2D, 2))(
      tf.tensor2d([3, 1, 1, 0], [1, 4]),
    );
    expect(await valuesOf(gradient)).toEqual([0.5, 0.25, 0.25, 0]);
  });
});

describe("crossRegularisationLoss", () => {
  it("agrees with finite differences", async () => {
    const target = tf.relu<tf.Tensor4D>(noise([1, 2, 3, 4], 1));
    const revised = noise([1, 2, 3, 4], 2);
    const loss = (x: tf.Tensor) => crossRegularisationLoss(target, x as tf.Tensor4D);
    const analytic = await valuesOf(tf.grad(loss)(revised));
    const start = await valuesOf(revised);
    const step = 1e-2;
    for (const at of start.keys()) {
      const moved = async (by: number) => {
        const values = start.map((value, index) => (index === at ? value + by : value));
        return (await valuesOf(loss(tf.tensor4d(values, [1, 2, 3, 4]))))[0]!;
      };
      const numeric = ((await moved(step)) - (await moved(-step))) / (2 * step);
      expect(numeric).toBeCloseTo(analytic[at]!, 2);
    }
  });
});
