import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "./backend-rungs.ts";
import { averagePool, maxPool } from "./pool.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

for (const backend of TEST_BACKENDS) {
  describe.runIf(await hasBackend(backend))(`pooling on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    it("never lets padding win, even over negative values", async () => {
      const x = tf.tensor4d([-3, -1, -4, -2], [1, 2, 2, 1]);
      const y = maxPool(x, { window: 3, stride: 2, padding: 1, ceilMode: false });
      expect(y.shape).toEqual([1, 1, 1, 1]);
      expect([...(await y.data())]).toEqual([-1]);
      tf.dispose([x, y]);
    });

    it("sends the gradient of a negative window to its largest value", async () => {
      const x = tf.tensor4d([-3, -1, -4, -2], [1, 2, 2, 1]);
      const pool = { window: 2, stride: 2, padding: 0, ceilMode: false };
      const dx = tf.grad((values) => maxPool(values as tf.Tensor4D, pool))(x);
      expect([...(await dx.data())]).toEqual([0, 1, 0, 0]);
      tf.dispose([x, dx]);
    });

    it("averages the grid, and spreads the gradient evenly over it", async () => {
      const before = tf.memory().numTensors;
      const x = tf.tensor4d([1, 10, 2, 20, 3, 30, 6, 0], [1, 2, 2, 2]);
      const dy = tf.tensor2d([4, 8], [1, 2]);
      const y = averagePool(x);
      const dx = tf.grad((values) => averagePool(values as tf.Tensor4D))(x, dy);
      expect([...(await y.data())]).toEqual([3, 15]);
      expect([...(await dx.data())]).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
      tf.dispose([x, dy, y, dx]);
      expect(tf.memory().numTensors).toBe(before);
    });

    it.each([
      [32, 3, 2, 1, false, 16],
      [32, 3, 2, 1, true, 17],
      [33, 3, 2, 1, true, 17],
      [5, 2, 2, 0, true, 3],
      [5, 2, 2, 1, true, 3],
      [7, 3, 1, 1, false, 7],
    ] as const)(
      "gives %i pixels, window %i, stride %i, padding %i, ceil %s → %i",
      (extent, window, stride, padding, ceilMode, expected) => {
        const x: tf.Tensor4D = tf.ones([1, extent, 1, 1]);
        const padded = tf.pad4d(x, [
          [0, 0],
          [0, 0],
          [0, window - 1],
          [0, 0],
        ]);
        const y = maxPool(padded, { window, stride, padding, ceilMode });
        expect(y.shape[1]).toBe(expected);
        tf.dispose([x, padded, y]);
      },
    );
  });
}
