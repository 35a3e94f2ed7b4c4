import { beforeAll, describe, expect, it } from "vitest";
import { centralDifferences, tensorsLeft } from "../../test/tensors.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { multiLabelSoftMarginLoss } from "./multilabel-loss.ts";

beforeAll(() => activateBackend());

describe("multiLabelSoftMarginLoss", () => {
  it("is log 2 where nothing is known", async () => {
    const loss = multiLabelSoftMarginLoss(tf.zeros([2, 3]), tf.zeros([2, 3]));
    expect((await loss.data())[0]).toBeCloseTo(Math.LN2, 6);
    loss.dispose();
  });

  it("stays finite at logits of a thousand", async () => {
    const loss = multiLabelSoftMarginLoss(tf.tensor2d([[1000, -1000]]), tf.tensor2d([[0, 1]]));
    expect((await loss.data())[0]).toBeCloseTo(1000, 3);
    loss.dispose();
  });

  it("has the slope of finite differences, and (σ(x) − y) / (N·C)", async () => {
    const x = Float32Array.of(0.3, -1.2, 2, 0, -0.4, 0.9);
    const y = [1, 0, 1, 0, 1, 0];
    const left = await tensorsLeft(async () => {
      const labels = tf.tensor2d(y, [2, 3]);
      const input = tf.tensor2d(x, [2, 3]);
      const slope = tf.grad((logits) => multiLabelSoftMarginLoss(logits as tf.Tensor2D, labels))(
        input,
      );
      const got = await slope.data();
      const difference = await centralDifferences(
        (values) => multiLabelSoftMarginLoss(tf.tensor2d(values, [2, 3]), labels),
        x,
        1e-2,
      );
      for (const [at, value] of x.entries()) {
        expect(got[at]).toBeCloseTo((1 / (1 + Math.exp(-value)) - y[at]!) / 6, 6);
        expect(got[at]).toBeCloseTo(difference[at]!, 4);
      }
      tf.dispose([labels, input, slope]);
    });
    expect(left).toBe(0);
  });

  it("refuses labels of another shape and says both", () => {
    expect(() => multiLabelSoftMarginLoss(tf.zeros([2, 3]), tf.zeros([2, 4]))).toThrow(
      /expected \[N = 2, C = 3\], got \[2, 4\]/,
    );
  });
});
