import { describe, expect, it } from "vitest";
import { fillBox } from "./camera.ts";
import { paintHeat, rangeOf } from "./paint-heat.ts";
import { pixelTarget } from "./paint-labels.ts";

const map = { width: 2, height: 1, data: Float32Array.of(0, 1) };
const image = { width: 4, height: 1 };

const alphas = (range: readonly [number, number], opacity = 1): number[] => {
  const target = pixelTarget(4, 1);
  paintHeat(target, fillBox(image, target), image, map, { colours: "viridis", range, opacity });
  return [3, 7, 11, 15].map((at) => target.bytes[at]!);
};

describe("paintHeat", () => {
  it("samples between half-pixel centres: values 0, ¼, ¾, 1", () => {
    expect(alphas([0, 1]).map((alpha) => Math.round((alpha / 255 / 1.15) * 100) / 100)).toEqual([
      0, 0.25, 0.75, 0.87,
    ]);
  });
  it("lets a weak response show the photograph", () => {
    expect(alphas([0, 1])[0]).toBe(0);
  });
  it("draws everything as the first colour when the range is empty", () => {
    expect(alphas([1, 1])).toEqual([0, 0, 0, 0]);
  });
});

describe("rangeOf", () => {
  it("finds both ends, and 0…1 in nothing", () => {
    expect(rangeOf({ width: 3, height: 1, data: Float32Array.of(0.5, -1, 2) })).toEqual([-1, 2]);
    expect(rangeOf({ width: 0, height: 0, data: new Float32Array(0) })).toEqual([0, 1]);
  });
});
