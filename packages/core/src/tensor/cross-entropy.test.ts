import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "./backend-rungs.ts";
import { softmaxCrossEntropy } from "./cross-entropy.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

const ROWS = 3;
const WIDTH = 4;
const LOGITS = [0.5, -1, 2, 0, 0, 0, 0, 0, -3, 1, 0.25, 4];
const LABELS = [2, 1, 0];

/** In double precision: −log softmax of the label, and its slope. */
function reference(row: number): { entropy: number; slope: number[] } {
  const powers = LOGITS.slice(row * WIDTH, (row + 1) * WIDTH).map(Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  const own = LABELS[row]!;
  return {
    entropy: -Math.log(powers[own]! / sum),
    slope: powers.map((power, label) => power / sum - (label === own ? 1 : 0)),
  };
}

for (const backend of TEST_BACKENDS) {
  describe.runIf(await hasBackend(backend))(`softmaxCrossEntropy on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    it("equals its definition, forwards and backwards, and leaves no tensor", async () => {
      const before = tf.memory().numTensors;
      const logits = tf.tensor2d(LOGITS, [ROWS, WIDTH]);
      const labels = tf.tensor1d(LABELS, "int32");
      const weights = tf.tensor1d([1, 2, 0]);
      const entropy = tf.tidy(() => softmaxCrossEntropy(logits, labels));
      const slope = tf.grad((x) => softmaxCrossEntropy(x as tf.Tensor2D, labels))(logits, weights);
      const [values, slopes] = [await entropy.data(), await slope.data()];
      for (const [row, weight] of [1, 2, 0].entries()) {
        const expected = reference(row);
        expect(values[row]).toBeCloseTo(expected.entropy, 5);
        for (const [label, each] of expected.slope.entries()) {
          expect(slopes[row * WIDTH + label]).toBeCloseTo(each * weight, 6);
        }
      }
      tf.dispose([logits, labels, weights, entropy, slope]);
      expect(tf.memory().numTensors).toBe(before);
    });

    it("stays finite, with the full slope, where a label is all but impossible", async () => {
      const logits = tf.tensor2d([500, 0], [1, 2]);
      const labels = tf.tensor1d([1], "int32");
      const entropy = softmaxCrossEntropy(logits, labels);
      const slope = tf.grad((x) => softmaxCrossEntropy(x as tf.Tensor2D, labels))(logits);
      expect((await entropy.data())[0]).toBeGreaterThan(80);
      expect([...(await slope.data())]).toEqual([1, -1]);
      tf.dispose([logits, labels, entropy, slope]);
    });
  });
}
