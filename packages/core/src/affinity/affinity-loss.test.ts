import { beforeAll, describe, expect, it } from "vitest";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { affinityLosses } from "./affinity-loss.ts";
import { pairAffinities } from "./pair-affinities.ts";

beforeAll(async () => {
  await activateBackend();
});

const valuesOf = async (x: tf.Tensor): Promise<number[]> => [...(await x.data())];
const options = { radiusInFeatures: 3, borders: "full" } as const;
const noise = (seed: number): tf.Tensor4D => tf.randomUniform([1, 4, 5, 3], -1, 1, "float32", seed);

describe("pairAffinities", () => {
  it("is 1 for equal pixels and 0 where there is no pair", async () => {
    const affinities = pairAffinities(tf.ones([1, 1, 2, 3]), { ...options, radiusInFeatures: 2 });
    // Offsets (0, 1), (1, −1), (1, 0), (1, 1): only the first fits a grid of one row.
    expect(await valuesOf(affinities)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("has no pairs on a grid of one pixel", async () => {
    expect(
      (await valuesOf(pairAffinities(tf.ones([1, 1, 1, 2]), options))).every((a) => a === 0),
    ).toBe(true);
  });

  it("agrees with finite differences", async () => {
    const features = noise(1);
    const slope = tf.randomUniform([1, 4, 5, 12], -1, 1, "float32", 2);
    const scalar = (x: tf.Tensor) =>
      tf.sum(tf.mul(pairAffinities(x as tf.Tensor4D, options), slope));
    const analytic = await valuesOf(tf.grad(scalar)(features));
    const start = await valuesOf(features);
    const step = 1e-2;
    for (const at of [0, 7, 23, 59]) {
      const moved = async (by: number) => {
        const values = start.map((value, index) => (index === at ? value + by : value));
        return (await valuesOf(scalar(tf.tensor4d(values, [1, 4, 5, 3]))))[0]!;
      };
      const numeric = ((await moved(step)) - (await moved(-step))) / (2 * step);
      expect(numeric).toBeCloseTo(analytic[at]!, 2);
    }
  });

  it("leaks no tensor", () => {
    const features = noise(1);
    const step = () =>
      tf
        .grad((x) => pairAffinities(x as tf.Tensor4D, options))(features)
        .dispose();
    step();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i += 1) step();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("affinityLosses", () => {
  it("is 0 with gradient 0 where nothing is taught", async () => {
    const ignored = tf.zeros<tf.Rank.R4>([1, 1, 2, 2], "int32");
    const affinities = tf.tensor4d([0.2, 0.9, 0.5, 0], [1, 1, 2, 2]);
    const loss = (x: tf.Tensor) => affinityLosses(x as tf.Tensor4D, ignored).total;
    expect(await valuesOf(loss(affinities))).toEqual([0]);
    expect((await valuesOf(tf.grad(loss)(affinities))).every((slope) => slope === 0)).toBe(true);
  });

  it("is nearly 0 for perfect affinities", async () => {
    const taught = tf.tensor4d([1, 2, 3, 3], [1, 1, 2, 2], "int32");
    const affinities = tf.tensor4d([1, 1, 0, 0], [1, 1, 2, 2]);
    const [loss] = await valuesOf(affinityLosses(affinities, taught).total);
    expect(Math.abs(loss!)).toBeLessThan(2e-5);
  });
});
