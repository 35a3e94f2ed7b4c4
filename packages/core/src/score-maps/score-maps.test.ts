import { describe, expect, it } from "vitest";
import { argmaxLabels, confidentLabels, stackBackground } from "./label-scores.ts";
import { mirrorPlanes } from "./mirror.ts";
import { resizePlanes, resizeScores } from "./resize.ts";
import { selectClasses } from "./select-classes.ts";

const source = { planes: 1, height: 1, width: 2 };

describe("resizePlanes", () => {
  it("copies where the size stays", () => {
    const data = Float32Array.of(1, 2);
    const result = resizePlanes(data, source, { height: 1, width: 2, grid: "half-pixel" });
    expect(result).toEqual(data);
    expect(result).not.toBe(data);
  });

  it("puts samples where each grid says", () => {
    const data = Float32Array.of(0, 4);
    const to = { height: 1, width: 4 };
    const half = resizePlanes(data, source, { ...to, grid: "half-pixel" });
    expect([...half]).toEqual([0, 1, 3, 4]); // sources −¼ → 0, ¼, ¾, 1¼ → 1
    const corner = resizePlanes(data, source, { ...to, grid: "corner-aligned" });
    corner.forEach((value, at) => expect(value).toBeCloseTo((4 * at) / 3, 6));
  });

  it("stretches one pixel over everything and shrinks to one", () => {
    const one = { planes: 1, height: 1, width: 1 };
    for (const grid of ["half-pixel", "corner-aligned"] as const) {
      const wide = resizePlanes(Float32Array.of(7), one, { height: 2, width: 3, grid });
      expect(wide).toEqual(new Float32Array(6).fill(7));
      const back = resizePlanes(wide, { planes: 1, height: 2, width: 3 }, { ...one, grid });
      expect([...back]).toEqual([7]);
    }
  });

  it("keeps planes apart and a class list beside them", () => {
    const maps = { height: 1, width: 1, classes: Int32Array.of(3, 4), data: Float32Array.of(1, 2) };
    const { data, classes } = resizeScores(maps, { height: 1, width: 2, grid: "half-pixel" });
    expect([...data]).toEqual([1, 1, 2, 2]);
    expect([...classes]).toEqual([3, 4]);
  });
});

describe("mirrorPlanes", () => {
  it("reverses every row and is its own inverse", () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect([...mirrorPlanes(data, 3)]).toEqual([3, 2, 1, 6, 5, 4]);
    expect(mirrorPlanes(mirrorPlanes(data, 3), 3)).toEqual(data);
  });
});

describe("selectClasses", () => {
  const dense = Float32Array.of(0, 1, 2);
  const size = { height: 1, width: 1 };

  it("keeps the named classes in ascending order, each once", () => {
    const { classes, data } = selectClasses(dense, { ...size, classes: [2, 0, 2] });
    expect([...classes]).toEqual([0, 2]);
    expect([...data]).toEqual([0, 2]);
  });

  it("gives no maps of no classes and refuses a class without a map", () => {
    expect(selectClasses(dense, { ...size, classes: [] }).data).toHaveLength(0);
    expect(() => selectClasses(dense, { ...size, classes: [3] })).toThrow(/below 3, got 3/);
  });
});

describe("confidentLabels", () => {
  const scores = stackBackground(Float32Array.of(0.5, 0.2, 0.2), {
    height: 1,
    width: 3,
    classes: Int32Array.of(4, 9),
    data: Float32Array.of(0.5, 0.7, 0.1, 0.1, 0.1, 0.3),
  });

  it("gives the first of equals, and label ids, not positions", () => {
    expect([...argmaxLabels(scores).data]).toEqual([0, 5, 10]);
  });

  it("ignores pixels whose best score is too low", () => {
    expect([...confidentLabels(scores, { minimumProbability: 0.5 }).data]).toEqual([0, 5, 255]);
  });

  it("refuses a background of another size", () => {
    expect(() =>
      stackBackground(new Float32Array(2), { ...scores, data: new Float32Array(6) }),
    ).toThrow(/1×3, got 2 values/);
  });
});
