import { describe, expect, it } from "vitest";
import { loadBackend } from "./backend-rungs.ts";
import { selfTest } from "./self-test.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

describe("selfTest", () => {
  for (const backend of TEST_BACKENDS) {
    it(`passes on ${backend} and leaves no tensor`, async (context) => {
      if (!(await hasBackend(backend))) return context.skip(`not run: ${backend} is not installed`);
      await loadBackend(backend);
      const before = tf.memory().numTensors;
      const checks = await selfTest();
      expect(checks.filter(({ passed }) => !passed)).toEqual([]);
      expect(checks).toHaveLength(6);
      expect(tf.memory().numTensors).toBe(before);
    });
  }
});
