import { beforeAll, describe, expect, it } from "vitest";
import { centralDifferences, tensorsLeft } from "../../test/tensors.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { segmentationLoss } from "./segmentation-loss.ts";

const SHAPE: [number, number, number, number] = [1, 2, 2, 3];
const LOGITS = Float32Array.of(0.5, -1, 2, 0, 0.3, -0.2, 1, 1, 1, -2, 0.7, 0.1);
const labels = (values: number[]): tf.Tensor3D => tf.tensor3d(values, [1, 2, 2], "int32");

beforeAll(() => activateBackend());

const value = async (scalar: tf.Scalar): Promise<number> => {
  const [result] = await scalar.data();
  scalar.dispose();
  return result!;
};

describe("segmentationLoss", () => {
  it("is 0, with zero slope, where every pixel is ignored", async () => {
    const left = await tensorsLeft(async () => {
      const [logits, ignored] = [tf.tensor4d(LOGITS, SHAPE), labels([255, 255, 255, 255])];
      const slope = tf.grad((x) => segmentationLoss(x as tf.Tensor4D, ignored))(logits);
      expect(await value(segmentationLoss(logits, ignored))).toBe(0);
      expect([...(await slope.data())].every((each) => Math.abs(each) === 0)).toBe(true);
      tf.dispose([logits, ignored, slope]);
    });
    expect(left).toBe(0);
  });

  it("by hand: even scores over three labels give log 3", async () => {
    const loss = segmentationLoss(tf.zeros(SHAPE), labels([0, 1, 2, 255]));
    expect(await value(loss)).toBeCloseTo(Math.log(3), 6);
  });

  it("does not see scores of ignored pixels", async () => {
    const moved = Float32Array.from(LOGITS);
    moved.set([9, -9, 4], 3);
    const target = labels([2, 255, 0, 1]);
    const [a, b] = [LOGITS, moved].map((data) =>
      segmentationLoss(tf.tensor4d(data, SHAPE), target),
    );
    expect(await value(a!)).toBe(await value(b!));
  });

  it.each([false, true])("has the slope of finite differences, balanced %s", async (balanced) => {
    const target = labels([2, 255, 0, 1]);
    const loss = (x: Float32Array): tf.Scalar =>
      segmentationLoss(tf.tensor4d(x, SHAPE), target, { balanced });
    const slope = tf.grad((x) => segmentationLoss(x as tf.Tensor4D, target, { balanced }))(
      tf.tensor4d(LOGITS, SHAPE),
    );
    const differences = await centralDifferences(loss, LOGITS, 1e-2);
    const got = await slope.data();
    for (const [at, each] of differences.entries()) expect(got[at]).toBeCloseTo(each, 4);
    expect(Math.hypot(...got.subarray(3, 6))).toBe(0);
  });

  it("weighs background and foreground the same when balanced", async () => {
    // Three background pixels cost log 3 each, one foreground pixel costs log 3: any weights agree;
    // a surer background lowers its half only.
    const sure = Float32Array.of(9, 0, 0, 9, 0, 0, 9, 0, 0, 0, 0, 0);
    const loss = segmentationLoss(tf.tensor4d(sure, SHAPE), labels([0, 0, 0, 1]), {
      balanced: true,
    });
    expect(await value(loss)).toBeCloseTo(Math.log(3) / 2, 3);
  });
});
