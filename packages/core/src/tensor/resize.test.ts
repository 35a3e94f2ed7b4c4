import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "./backend-rungs.ts";
import { resizeLabels, resizeScores } from "./resize.ts";
import { ramp, relativeError } from "./testing/reference.ts";
import { hasBackend, TEST_BACKENDS } from "./testing/with-backend.ts";
import { tf } from "./tf.ts";

const GRIDS = ["half-pixel", "corner-aligned"] as const;

/** Bilinear interpolation from the formulas of the two grids, double precision. */
function axisWeights(input: number, output: number, grid: (typeof GRIDS)[number]): Float64Array[] {
  return Array.from({ length: output }, (_, target) => {
    const row = new Float64Array(input);
    const aligned = output === 1 ? 0 : (target * (input - 1)) / (output - 1);
    const half = Math.max(0, ((target + 0.5) * input) / output - 0.5);
    const source = grid === "half-pixel" ? half : aligned;
    const low = Math.min(Math.floor(source), input - 1);
    row[low]! += 1 - (source - low);
    row[Math.min(low + 1, input - 1)]! += source - low;
    return row;
  });
}

const inputShape = [2, 5, 4, 3] as const;
const at = (shape: readonly number[], n: number, y: number, x: number, c: number): number =>
  ((n * shape[1]! + y) * shape[2]! + x) * shape[3]! + c;

/** Calls back with every (input, output, weight) that meet. */
function eachWeight(
  size: readonly [number, number],
  grid: (typeof GRIDS)[number],
  visit: (input: number, output: number, weight: number) => void,
): void {
  const rows = axisWeights(inputShape[1], size[0], grid);
  const columns = axisWeights(inputShape[2], size[1], grid);
  const outputShape = [inputShape[0], ...size, inputShape[3]];
  for (let n = 0; n < inputShape[0]; n += 1)
    rows.forEach((row, i) =>
      columns.forEach((column, j) =>
        row.forEach((a, y) =>
          column.forEach((b, x) => {
            for (let c = 0; c < inputShape[3]; c += 1)
              visit(at(inputShape, n, y, x, c), at(outputShape, n, i, j, c), a * b);
          }),
        ),
      ),
    );
}

for (const backend of TEST_BACKENDS) {
  describe.runIf(await hasBackend(backend))(`resizeScores on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    describe.each(GRIDS)("%s", (grid) => {
      it.each([
        [11, 9],
        [3, 2],
        [5, 8],
        [1, 1],
      ] as const)("equals its formula and its adjoint at %i×%i", async (height, width) => {
        const values = ramp(2 * 5 * 4 * 3, 31);
        const slope = ramp(2 * height * width * 3, 7);
        const expected = new Float64Array(slope.length);
        const expectedSlope = new Float64Array(values.length);
        eachWeight([height, width], grid, (input, output, weight) => {
          expected[output]! += weight * values[input]!;
          expectedSlope[input]! += weight * slope[output]!;
        });
        const before = tf.memory().numTensors;
        const x = tf.tensor4d(Float32Array.from(values), [...inputShape]);
        const y = resizeScores(x, { height, width, grid });
        const dy = tf.tensor4d(Float32Array.from(slope), y.shape);
        const dx = tf.grad((input) => resizeScores(input as tf.Tensor4D, { height, width, grid }))(
          x,
          dy,
        );
        expect(relativeError(await y.data(), expected)).toBeLessThan(1e-6);
        expect(relativeError(await dx.data(), expectedSlope)).toBeLessThan(1e-6);
        tf.dispose([x, y, dy, dx]);
        expect(tf.memory().numTensors).toBe(before);
      });
    });

    it("leaves a map of the same size as it is", async () => {
      const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      const y = resizeScores(x, { height: 2, width: 2, grid: "half-pixel" });
      expect([...(await y.data())]).toEqual([1, 2, 3, 4]);
      tf.dispose([x, y]);
    });
  });
}

describe("resizeLabels", () => {
  it("takes the pixel under each centre: 4 → 2 takes the second of each pair", async () => {
    const labels = tf.tensor3d(
      [0, 1, 2, 255, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
      [1, 4, 4],
      "int32",
    );
    const small = resizeLabels(labels, { height: 2, width: 2 });
    expect([...(await small.data())]).toEqual([5, 7, 13, 15]);
    tf.dispose([labels, small]);
  });

  it("mixes no labels when it enlarges", async () => {
    const labels = tf.tensor3d([3, 200], [1, 1, 2], "int32");
    const large = resizeLabels(labels, { height: 1, width: 5 });
    expect([...(await large.data())]).toEqual([3, 3, 200, 200, 200]);
    tf.dispose([labels, large]);
  });
});
