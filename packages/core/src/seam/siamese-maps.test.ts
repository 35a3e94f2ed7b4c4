import { beforeAll, describe, expect, it } from "vitest";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { siameseLosses } from "./siamese-losses.ts";
import { siameseMaps } from "./siamese-maps.ts";

/** Any multi-label loss will do: the room is given one. */
const classificationLoss = (logits: tf.Tensor2D, imageLabels: tf.Tensor2D): tf.Scalar =>
  tf.losses.sigmoidCrossEntropy(imageLabels, logits);

beforeAll(async () => {
  await activateBackend();
});

const valuesOf = async (x: tf.Tensor): Promise<number[]> => [...(await x.data())];
const noise = (shape: [number, number, number, number], seed: number): tf.Tensor4D =>
  tf.randomUniform(shape, -1, 1, "float32", seed);
const both = (cam: tf.Tensor4D) => ({ cam, revisedCam: tf.neg<tf.Tensor4D>(cam) });
const views = { large: { height: 16, width: 24 }, small: { height: 8, width: 12 } };

describe("siameseMaps", () => {
  it("enlarges each view's maps to the view when exact, as the release", () => {
    const maps = { large: both(noise([1, 2, 3, 4], 1)), small: both(noise([1, 1, 2, 4], 2)) };
    const { large, small } = siameseMaps(maps, views, "exact");
    expect(large.revisedCam.shape).toEqual([1, 16, 24, 4]);
    expect(small.cam.shape).toEqual([1, 8, 12, 4]);
  });

  it("brings both to the large view's features when fast, and leaves the large ones as they are", async () => {
    const cam = noise([1, 2, 3, 4], 1);
    const maps = { large: both(cam), small: both(noise([1, 1, 2, 4], 2)) };
    const { large, small } = siameseMaps(maps, views, "fast");
    expect(await valuesOf(large.cam)).toEqual(await valuesOf(cam));
    expect(small.cam.shape).toEqual(cam.shape);
  });

  it("gives the same losses both ways where features are as fine as the views", async () => {
    const maps = { large: both(noise([2, 4, 6, 3], 1)), small: both(noise([2, 4, 6, 3], 2)) };
    const size = { height: 4, width: 6 };
    const labels = tf.tensor2d([1, 0, 1, 1], [2, 2]);
    const [exact, fast] = await Promise.all(
      (["exact", "fast"] as const).map((upsampling) => {
        const found = siameseMaps(maps, { large: size, small: size }, upsampling);
        return valuesOf(siameseLosses(found, labels, classificationLoss).total);
      }),
    );
    expect(fast).toEqual(exact);
  });

  it("compares on the fine grid by hand when fast", async () => {
    // Class 1 of the large view is 0, 0, 0, 1; one small feature becomes a constant, which stretches to 0.
    const large = tf.tensor4d([0, 0, 0, 0, 0, 0, 0, 1], [1, 2, 2, 2]);
    const maps = { large: both(large), small: both(tf.ones<tf.Rank.R4>([1, 1, 1, 2])) };
    const found = siameseMaps(maps, views, "fast");
    const { equivariance } = siameseLosses(found, tf.ones([1, 1]), classificationLoss);
    expect((await valuesOf(equivariance))[0]).toBeCloseTo(1 / 4, 4);
  });

  it("has a gradient of the equivariance that agrees with finite differences when fast", async () => {
    const small = noise([1, 2, 2, 3], 2);
    const labels = tf.tensor2d([1, 1], [1, 2]);
    const loss = (x: tf.Tensor): tf.Scalar => {
      const maps = { large: both(noise([1, 2, 3, 3], 1)), small: both(x as tf.Tensor4D) };
      const found = siameseMaps(maps, views, "fast");
      return siameseLosses(found, labels, classificationLoss).equivariance;
    };
    const analytic = await valuesOf(tf.grad(loss)(small));
    const start = await valuesOf(small);
    const step = 1e-2;
    for (const at of start.keys()) {
      const moved = async (by: number) => {
        const values = start.map((value, index) => (index === at ? value + by : value));
        return (await valuesOf(loss(tf.tensor4d(values, [1, 2, 2, 3]))))[0]!;
      };
      const numeric = ((await moved(step)) - (await moved(-step))) / (2 * step);
      expect(numeric).toBeCloseTo(analytic[at]!, 2);
    }
  });
});
