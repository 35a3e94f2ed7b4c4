import type { BackendReport } from "../contract/backend-report.ts";
import { conv2d, depthwiseConv2d } from "./conv.ts";
import { maxPool } from "./pool.ts";
import { resizeScores } from "./resize.ts";
import { tf } from "./tf.ts";

/** Largest difference a right backend may show: accumulation order differs between them. */
const TOLERANCE = 1e-4;

type Check = BackendReport["selfTest"][number];

/** A fixed, irregular ramp in −1…1 that any language can make again. */
const ramp = (count: number, step: number): Float32Array =>
  Float32Array.from({ length: count }, (_, at) => (((at * step) % 97) - 48) / 48);

const image = (): tf.Tensor4D => tf.tensor4d(ramp(2 * 6 * 7 * 3, 31), [2, 6, 7, 3]);
const filter = (): tf.Tensor4D => tf.tensor4d(ramp(3 * 3 * 3 * 4, 17), [3, 3, 3, 4]);
const eachChannel = (): tf.Tensor4D => tf.tensor4d(ramp(3 * 3 * 3, 17), [3, 3, 3, 1]);

/** Numbers that depend on every element and on where it stands. */
const weightedSum = (x: tf.Tensor): tf.Scalar =>
  tf.sum(tf.mul(x, tf.tensor(ramp(x.size, 7), x.shape)));

const fingerprint = (x: tf.Tensor): tf.Tensor => tf.stack([weightedSum(x), tf.sum(tf.square(x))]);

const NEGATIVE_POOL = { window: 2, stride: 2, padding: 0, ceilMode: false };

const slopes = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor =>
  tf.grad((input) => weightedSum(f(input)))(x);

/** Sums computed in double precision from the definitions; `self-test.test.ts` computes them again. */
const CASES: readonly (readonly [name: string, () => tf.Tensor, expected: readonly number[]])[] = [
  [
    "dilated convolution",
    () => conv2d(image(), filter(), { dilation: 2, padding: 2 }),
    [-6.285328052662, 834.137718483253],
  ],
  [
    "dilated convolution, input gradient",
    () => slopes((x) => conv2d(x as tf.Tensor4D, filter(), { dilation: 2, padding: 2 }), image()),
    [-2.347204137731, 332.306279688705],
  ],
  [
    "dilated convolution, filter gradient",
    () => slopes((w) => conv2d(image(), w as tf.Tensor4D, { dilation: 2, padding: 2 }), filter()),
    [8.780282479745, 338.304575790594],
  ],
  [
    "depthwise convolution, filter gradient",
    () =>
      slopes(
        (w) => depthwiseConv2d(image(), w as tf.Tensor4D, { dilation: 2, padding: 2 }),
        eachChannel(),
      ),
    [4.031693070023, 54.716946260429],
  ],
  [
    "max pool of negative values, gradient",
    () => slopes((x) => maxPool(tf.sub(x, 2), NEGATIVE_POOL), image()),
    [0.947048611111, 17.829427083333],
  ],
  [
    "half-pixel resize, gradient",
    () =>
      slopes(
        (x) => resizeScores(x as tf.Tensor4D, { height: 11, width: 9, grid: "half-pixel" }),
        image(),
      ),
    [-3.970396236672, 208.999073290247],
  ],
];

/** Checks the active backend on small cases with known answers; far under a second. */
export async function selfTest(): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, compute, expected] of CASES) {
    const result = tf.tidy(() => fingerprint(compute()));
    const got = await result.data();
    result.dispose();
    const maxError = Math.max(
      ...expected.map((value, at) => Math.abs(value - got[at]!) / Math.max(1, Math.abs(value))),
    );
    checks.push({ name, maxError, passed: maxError <= TOLERANCE });
  }
  return checks;
}
