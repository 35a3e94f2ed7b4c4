import { beforeAll, describe, expect, it } from "vitest";
import { biasActivation, relu } from "./activation.ts";
import { loadBackend } from "./backend-rungs.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

for (const backend of TEST_BACKENDS) {
  describe.runIf(await hasBackend(backend))(`activations on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    it.each([
      ["none", [-1, 3, 9, 1], [1, 1, 1, 1], [2, 2]],
      ["relu", [0, 3, 9, 1], [0, 1, 1, 1], [1, 2]],
      ["relu6", [0, 3, 6, 1], [0, 1, 0, 1], [0, 2]],
    ] as const)("%s: values and gradients", async (activation, values, dx, dBias) => {
      // Two pixels of two channels, bias (1, 0): sums are −1, 3, 9, 1.
      const before = tf.memory().numTensors;
      const x = tf.tensor4d([-2, 3, 8, 1], [1, 1, 2, 2]);
      const bias = tf.tensor1d([1, 0]);
      const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
        biasActivation(a as tf.Tensor4D, b as tf.Tensor1D, activation);
      const y = f(x, bias);
      const [slope, biasSlope] = tf.grads(f)([x, bias]);
      expect([...(await y.data())]).toEqual(values);
      expect([...(await slope!.data())]).toEqual(dx);
      expect([...(await biasSlope!.data())]).toEqual(dBias);
      tf.dispose([x, bias, y, slope!, biasSlope!]);
      expect(tf.memory().numTensors).toBe(before);
    });

    it("relu: values and gradient, of any shape", async () => {
      const before = tf.memory().numTensors;
      const x = tf.tensor2d([-2, 0, 3, 0.5], [2, 2]);
      const dy = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      const slope = tf.grad((a) => relu(a))(x, dy);
      const y = relu(x);
      expect([...(await y.data())]).toEqual([0, 0, 3, 0.5]);
      expect([...(await slope.data())]).toEqual([0, 0, 3, 4]);
      tf.dispose([x, dy, y, slope]);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
