import { expect, test } from "vitest";
import { affinityPlanes } from "../src/affinity/affinity-planes.ts";
import { randomWalk } from "../src/affinity/random-walk.ts";
import { transition } from "../src/contract/index.ts";
import { scoresOf } from "./scenes.ts";

const options = { iterations: 3, time: 0, warmupIterations: 1 };
const TEN_MINUTES = 600_000;

/** psa's way: the dense matrix, squared eight times, in plain loops over float32. */
function denseWalk(step: ReturnType<typeof transition>, scores: Float32Array): Float32Array {
  const pixels = step.height * step.width;
  let matrix = new Float32Array(pixels * pixels);
  for (let p = 0; p < pixels; p += 1) matrix[p * pixels + p] = 1 / step.degree[p]!;
  step.offsets.forEach(({ dy, dx }, plane) => {
    for (let p = 0; p < pixels; p += 1) {
      const weight = step.weights[plane * pixels + p]!;
      const q = p + dy * step.width + dx;
      if (weight === 0) continue;
      matrix[p * pixels + q] = weight / step.degree[q]!;
      matrix[q * pixels + p] = weight / step.degree[p]!;
    }
  });
  const product = (left: Float32Array, rows: number, right: Float32Array) => {
    const result = new Float32Array(rows * pixels);
    for (let i = 0; i < rows; i += 1) {
      for (let k = 0; k < pixels; k += 1) {
        const factor = left[i * pixels + k]!;
        for (let j = 0; j < pixels; j += 1) {
          result[i * pixels + j]! += factor * right[k * pixels + j]!;
        }
      }
    }
    return result;
  };
  for (let squaring = 0; squaring < 8; squaring += 1) matrix = product(matrix, pixels, matrix);
  return product(scores, scores.length / pixels, matrix);
}

for (const size of [
  { height: 12, width: 16 },
  { height: 47, width: 63 },
  { height: 94, width: 125 },
]) {
  const pixels = size.height * size.width;
  test(
    `random walk, ${size.height}×${size.width}, 2 maps, 256 steps`,
    { timeout: TEN_MINUTES },
    async ({ bench }) => {
      const features = Float32Array.from({ length: 8 * pixels }, (_, at) => Math.sin(at * at) / 2);
      const planes = affinityPlanes(features, { ...size, radiusInFeatures: 5, borders: "full" });
      const step = transition(planes, { power: 8 });
      const { data } = scoresOf(size);
      const chebyshev = bench("Chebyshev", () => {
        randomWalk(data, step, { steps: 256, method: "chebyshev" });
      });
      const stepwise = bench("step by step", () => {
        randomWalk(data, step, { steps: 256, method: "steps" });
      });
      // At 47 × 63 the dense way takes minutes in plain loops, at 94 × 125 half a gigabyte.
      if (pixels > 500) {
        const result = await bench.compare(chebyshev, stepwise, options);
        expect(result.get("Chebyshev")).toBeFasterThan(result.get("step by step"));
        return;
      }
      const dense = bench("dense matrix, squared eight times", () => {
        denseWalk(step, data);
      });
      const result = await bench.compare(chebyshev, stepwise, dense, options);
      expect(result.get("Chebyshev")).toBeFasterThan(
        result.get("dense matrix, squared eight times"),
      );
    },
  );
}
