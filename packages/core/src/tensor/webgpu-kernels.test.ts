import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "./backend-rungs.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

/** More elements than WebGPU leaves to the processor. */
const COUNT = 2 * 30 * 40;
const numbers = Int32Array.from({ length: COUNT }, (_, at) => (at % 7) - 3);

for (const backend of TEST_BACKENDS) {
  const here = await hasBackend(backend);
  describe.runIf(here)(`whole numbers on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    it("become floats that can be moved about", async () => {
      const integers = tf.tensor3d(numbers, [2, 30, 40], "int32");
      const turned = tf.tidy(() =>
        tf.transpose(tf.cast(tf.add(integers, 0), "float32"), [2, 0, 1]),
      );
      expect([turned.dtype, turned.shape]).toEqual(["float32", [40, 2, 30]]);
      expect([...(await tf.transpose(turned, [1, 2, 0]).data())]).toEqual([...numbers]);
    });

    it("stay whole when axes change places", async () => {
      const integers = tf.tensor3d(numbers, [2, 30, 40], "int32");
      const turned = tf.transpose(tf.add(integers, tf.scalar(0, "int32")), [1, 2, 0]);
      expect([turned.dtype, turned.shape]).toEqual(["int32", [30, 40, 2]]);
      expect([...(await tf.transpose(turned, [2, 0, 1]).data())]).toEqual([...numbers]);
    });

    it("leave no tensor", () => {
      const integers = tf.tensor3d(numbers, [2, 30, 40], "int32");
      const before = tf.memory().numTensors;
      tf.dispose(tf.tidy(() => tf.transpose(tf.greater(integers, 0), [1, 2, 0])));
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
