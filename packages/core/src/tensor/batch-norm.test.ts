import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "./backend-rungs.ts";
import { foldNorm, frozenBatchNorm, trainedBatchNorm } from "./batch-norm.ts";
import { conv2d, depthwiseConv2d } from "./conv.ts";
import { ramp, relativeError } from "./testing/reference.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

const EPSILON = 1e-3;
const SHAPE: [number, number, number, number] = [2, 3, 4, 2];
const PIXELS = 24;

/** Σ slope · norm(x) with the batch's own statistics, in double precision. */
function objective(
  x: Float64Array,
  scale: Float64Array,
  offset: Float64Array,
  slope: Float64Array,
): number {
  let sum = 0;
  for (let c = 0; c < 2; c += 1) {
    let mean = 0;
    let square = 0;
    for (let p = 0; p < PIXELS; p += 1) mean += x[p * 2 + c]! / PIXELS;
    for (let p = 0; p < PIXELS; p += 1) square += (x[p * 2 + c]! - mean) ** 2 / PIXELS;
    for (let p = 0; p < PIXELS; p += 1) {
      const unit = (x[p * 2 + c]! - mean) / Math.sqrt(square + EPSILON);
      sum += slope[p * 2 + c]! * (unit * scale[c]! + offset[c]!);
    }
  }
  return sum;
}

function finiteDifference(f: (values: Float64Array) => number, values: Float64Array): Float64Array {
  return values.map((_, at) => {
    const moved = (by: number): number =>
      f(values.map((value, other) => (other === at ? value + by : value)));
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
}

for (const backend of TEST_BACKENDS) {
  describe.runIf(await hasBackend(backend))(`batch norm on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    it("has the gradients of its definition, finite differences in double precision", async () => {
      const x = ramp(PIXELS * 2, 31);
      const scale = Float64Array.of(1.5, -0.5);
      const offset = Float64Array.of(0.25, 2);
      const slope = ramp(PIXELS * 2, 7);
      const before = tf.memory().numTensors;
      const inputs = [
        tf.tensor4d(Float32Array.from(x), SHAPE),
        tf.tensor1d(Float32Array.from(scale)),
        tf.tensor1d(Float32Array.from(offset)),
      ] as const;
      const weights = tf.tensor4d(Float32Array.from(slope), SHAPE);
      const statistics: tf.Tensor[] = [];
      const gradients = tf.grads((values, gamma, beta) => {
        const { normalised, mean, variance } = trainedBatchNorm(
          values as tf.Tensor4D,
          { scale: gamma as tf.Tensor1D, offset: beta as tf.Tensor1D },
          EPSILON,
        );
        statistics.push(mean, variance);
        return normalised;
      })([...inputs], weights);
      const expected = [
        finiteDifference((values) => objective(values, scale, offset, slope), x),
        finiteDifference((values) => objective(x, values, offset, slope), scale),
        finiteDifference((values) => objective(x, scale, values, slope), offset),
      ];
      for (const [at, gradient] of gradients.entries()) {
        expect(relativeError(await gradient.data(), expected[at]!)).toBeLessThan(1e-5);
      }
      tf.dispose([...inputs, weights, ...gradients, ...statistics]);
      expect(tf.memory().numTensors).toBe(before);
    });

    it("gives the batch's mean and its unbiased variance: of 1, 2, 3, 6 they are 3 and 14/3", async () => {
      const x = tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1]);
      const [scale, offset] = [tf.ones([1]) as tf.Tensor1D, tf.zeros([1]) as tf.Tensor1D];
      const { normalised, mean, variance } = trainedBatchNorm(x, { scale, offset }, 0);
      expect((await mean.data())[0]).toBeCloseTo(3, 5);
      expect((await variance.data())[0]).toBeCloseTo(14 / 3, 5);
      expect((await normalised.data())[3]).toBeCloseTo(3 / Math.sqrt(3.5), 4);
      tf.dispose([x, scale, offset, normalised, mean, variance]);
    });

    it.each([false, true])(
      "folds into the convolution before it, depthwise %s",
      async (depthwise) => {
        const x = tf.tensor4d(Float32Array.from(ramp(2 * 5 * 5 * 3, 31)), [2, 5, 5, 3]);
        const filter = tf.tensor4d(Float32Array.from(ramp(9 * 3 * (depthwise ? 1 : 3), 17)), [
          3,
          3,
          3,
          depthwise ? 1 : 3,
        ]);
        const norm = {
          scale: tf.tensor1d([1, -2, 0.5]),
          offset: tf.tensor1d([0.1, 0.2, -0.3]),
          mean: tf.tensor1d([0.5, -0.1, 0]),
          variance: tf.tensor1d([2, 0.3, 1]),
        };
        const op = depthwise ? depthwiseConv2d : conv2d;
        const apart = (w: tf.Tensor): tf.Tensor =>
          frozenBatchNorm(op(x, w as tf.Tensor4D, { padding: 1 }), norm, EPSILON);
        const folded = (w: tf.Tensor): tf.Tensor => {
          const { filter: scaled, bias } = foldNorm(w as tf.Tensor4D, norm, {
            epsilon: EPSILON,
            depthwise,
          });
          return tf.add(op(x, scaled, { padding: 1 }), bias);
        };
        const values = [
          apart(filter),
          folded(filter),
          tf.grad(apart)(filter),
          tf.grad(folded)(filter),
        ];
        const [a, b, da, db] = await Promise.all(values.map((value) => value.data()));
        expect(relativeError(b!, a!)).toBeLessThan(2e-6);
        expect(relativeError(db!, da!)).toBeLessThan(2e-6);
        tf.dispose([x, filter, Object.values(norm), values]);
      },
    );
  });
}
