import { beforeAll, describe, expect, it } from "vitest";
import { ShapeError } from "../contract/errors.ts";
import { loadBackend } from "./backend-rungs.ts";
import { conv2d, depthwiseConv2d } from "./conv.ts";
import { geometryOf, type Padding } from "./conv-geometry.ts";
import { type Grid, ramp, rampGrid, referenceConv, relativeError } from "./testing/reference.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

/** Sums of a few hundred float32 products against double precision. */
const FLOAT32_CONV_TOLERANCE = 2e-6;

const CASES: readonly {
  readonly input: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Padding;
}[] = [
  { input: [5, 6], kernel: [1, 1], stride: 1, dilation: 1, padding: 0 },
  { input: [7, 6], kernel: [3, 3], stride: 1, dilation: 1, padding: 1 },
  { input: [7, 8], kernel: [3, 3], stride: 2, dilation: 1, padding: 1 },
  { input: [8, 7], kernel: [3, 3], stride: 2, dilation: 1, padding: "same" },
  { input: [9, 8], kernel: [7, 7], stride: 2, dilation: 1, padding: 3 },
  { input: [9, 9], kernel: [3, 3], stride: 1, dilation: 2, padding: 2 },
  { input: [9, 8], kernel: [3, 3], stride: 1, dilation: 2, padding: "same" },
  { input: [5, 5], kernel: [3, 3], stride: 1, dilation: 12, padding: 12 },
  { input: [4, 14], kernel: [3, 3], stride: 1, dilation: 6, padding: 6 },
  { input: [4, 5], kernel: [5, 3], stride: 1, dilation: 3, padding: "same" },
  { input: [8, 8], kernel: [2, 3], stride: 3, dilation: 1, padding: 0 },
  { input: [1, 1], kernel: [3, 3], stride: 1, dilation: 1, padding: 1 },
  { input: [6, 6], kernel: [1, 1], stride: 2, dilation: 1, padding: 0 },
];

const tensorOf = ({ shape, data }: Grid): tf.Tensor4D =>
  tf.tensor4d(Float32Array.from(data), [...shape]);

for (const backend of TEST_BACKENDS) {
  const here = await hasBackend(backend);
  describe.runIf(here)(`on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    describe.each([
      ["conv2d", conv2d, false],
      ["depthwiseConv2d", depthwiseConv2d, true],
    ] as const)("%s", (_name, op, depthwise) => {
      it.each(CASES)(
        "equals its definition: input $input kernel $kernel stride $stride dilation $dilation padding $padding",
        async ({ input, kernel, stride, dilation, padding }) => {
          const x = rampGrid([2, ...input, 3], 31);
          const filter = rampGrid(depthwise ? [...kernel, 3, 1] : [...kernel, 3, 4], 17);
          const window = { stride, dilation, padding };
          const { pads } = geometryOf(input, kernel, window);
          const reference = referenceConv(x, filter, { stride, dilation, pads }, depthwise);
          const slope = ramp(reference.output.data.length, 7);
          const expected = reference.gradients(slope);

          const before = tf.memory().numTensors;
          const inputs = [tensorOf(x), tensorOf(filter)] as const;
          const y = op(...inputs, window);
          expect(y.shape).toEqual(reference.output.shape);
          expect(relativeError(await y.data(), reference.output.data)).toBeLessThan(
            FLOAT32_CONV_TOLERANCE,
          );
          const dy = tf.tensor4d(Float32Array.from(slope), y.shape);
          const [dx, dFilter] = tf.grads((a, b) => op(a as tf.Tensor4D, b as tf.Tensor4D, window))(
            [...inputs],
            dy,
          );
          expect(relativeError(await dx!.data(), expected.x)).toBeLessThan(FLOAT32_CONV_TOLERANCE);
          expect(relativeError(await dFilter!.data(), expected.filter)).toBeLessThan(
            FLOAT32_CONV_TOLERANCE,
          );
          tf.dispose([...inputs, y, dy, dx!, dFilter!]);
          expect(tf.memory().numTensors).toBe(before);
        },
      );
    });
  });
  it.runIf(!here)(`not run: ${backend} is not installed here`, () => {
    expect(here).toBe(false);
  });
}

describe("conv2d", () => {
  it("refuses channels that do not meet and says both", () => {
    expect(() => conv2d(tf.ones([1, 3, 3, 2]), tf.ones([1, 1, 3, 4]))).toThrow(ShapeError);
    expect(() => conv2d(tf.ones([1, 3, 3, 2]), tf.ones([1, 1, 3, 4]))).toThrow(
      /expected 3 .* got \[1, 3, 3, 2\]/,
    );
  });

  it("refuses to stride and dilate at once", () => {
    expect(() =>
      conv2d(tf.ones([1, 9, 9, 1]), tf.ones([3, 3, 1, 1]), { stride: 2, dilation: 2 }),
    ).toThrow(/stride 2 and dilation 2/);
  });

  it("refuses a window larger than the padded input", () => {
    expect(() => conv2d(tf.ones([1, 2, 2, 1]), tf.ones([3, 3, 1, 1]))).toThrow(/at least 3×3/);
  });
});
