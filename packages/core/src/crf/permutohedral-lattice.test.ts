import { describe, expect, it } from "vitest";
import { exactFilter } from "./exact-filter.ts";
import { appearanceFeatures, smoothnessFeatures } from "./features.ts";
import { filterInto } from "./lattice-filter.ts";
import { pairwiseKernel } from "./mean-field.ts";
import { buildLattice } from "./permutohedral-lattice.ts";

const height = 20;
const width = 25;
const points = height * width;
const image = {
  height,
  width,
  data: Uint8Array.from(
    { length: points * 3 },
    (_, at) => (Math.floor(at / 3) % width < 12 ? 60 : 170) + at / 50 + 8 * Math.sin(at),
  ),
};
const cases = [
  { name: "smoothness", d: 2, features: smoothnessFeatures(image, { gaussianSxy: 3 }) },
  {
    name: "appearance",
    d: 5,
    features: appearanceFeatures(image, { bilateralSxy: 80, bilateralSrgb: 13 }),
  },
];

/** Normalised message K̂ · input, one map. */
function message(features: Float32Array, d: number, input: Float32Array): Float32Array {
  const { lattice, norm } = pairwiseKernel(buildLattice(features, d), { weight: 1 });
  const output = new Float32Array(input.length);
  const memory = () => new Float32Array(lattice.vertices + 1);
  const working = { values: memory(), scratch: memory() };
  filterInto(lattice, { lanes: 1, input, output, scale: norm, factor: norm, ...working });
  return output;
}

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, at) => sum + value * other[at]!, 0);

describe("buildLattice", () => {
  it("gives no vertices of no points", () => {
    expect(buildLattice(new Float32Array(0), 2)).toMatchObject({ points: 0, vertices: 0 });
  });

  it("gives a lone point d + 1 vertices", () => {
    expect(buildLattice(Float32Array.of(0.3, 0.4), 2).vertices).toBe(3);
  });

  for (const { name, d, features } of cases) {
    it(`has barycentric weights that are not negative and sum to one (${name})`, () => {
      const { weights } = buildLattice(features, d);
      for (let start = 0; start < weights.length; start += d + 1) {
        const own = weights.subarray(start, start + d + 1);
        expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        expect(Math.min(...own)).toBeGreaterThan(-1e-5);
      }
    });

    it(`gives the same bytes when it runs again (${name})`, () => {
      expect(buildLattice(features, d)).toEqual(buildLattice(features, d));
    });

    it(`names neighbours mutually (${name})`, () => {
      const { neighbours, vertices } = buildLattice(features, d);
      for (let axis = 0; axis <= d; axis += 1) {
        for (let vertex = 0; vertex < vertices; vertex += 1) {
          const before = neighbours[(axis * vertices + vertex) * 2]!;
          if (before === vertices) continue;
          expect(neighbours[(axis * vertices + before) * 2 + 1]).toBe(vertex);
        }
      }
    });

    it(`approximates the Gaussian of the definition (${name})`, () => {
      const input = Float32Array.from({ length: points }, (_, at) => 0.5 + 0.5 * Math.sin(at / 7));
      const ones = new Float32Array(points).fill(1);
      const norm = exactFilter(features, d, ones, 1).map((sum) => 1 / Math.sqrt(sum));
      const scaled = input.map((value, at) => value * norm[at]!);
      const exact = exactFilter(features, d, scaled, 1).map((value, at) => value * norm[at]!);
      const ours = message(features, d, input);
      const errors = ours.map((value, at) => Math.abs(value - exact[at]!) / exact[at]!);
      expect(errors.reduce((sum, error) => sum + error, 0) / points).toBeLessThan(0.03);
    });

    it(`is symmetric to 5e-3 (${name})`, () => {
      const a = Float32Array.from({ length: points }, (_, at) => 1 + Math.sin(at / 5));
      const b = Float32Array.from({ length: points }, (_, at) => 1 + Math.cos(at / 11));
      const forward = dot(a, message(features, d, b));
      const backward = dot(b, message(features, d, a));
      expect(Math.abs(forward - backward) / forward).toBeLessThan(5e-3); // the blur visits axes in one order
    });
  }
});
