import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "./backend-rungs.ts";
import { detach } from "./detach.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

for (const backend of TEST_BACKENDS) {
  const here = await hasBackend(backend);
  describe.runIf(here)(`detach on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    it("stops the gradient", async () => {
      // d(x · x₀)/dx with x₀ = x held constant is x, not 2x.
      const gradient = tf.grad((x) => tf.sum(tf.mul(x, detach(x))))(tf.tensor1d([3, -2]));
      expect([...(await gradient.data())]).toEqual([3, -2]);
      gradient.dispose();
    });

    it("outlives the tensor it came from and leaks nothing", async () => {
      const before = tf.memory();
      const x = tf.tensor1d([1, 2]);
      const constant = detach(x);
      x.dispose();
      expect([...(await constant.data())]).toEqual([1, 2]);
      constant.dispose();
      expect(tf.memory().numTensors).toBe(before.numTensors);
      expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    });
  });
}
