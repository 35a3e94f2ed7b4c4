import { describe, expect, it } from "vitest";
import { confidentSeed } from "./confident-seed.ts";
import { pathAffinity, pathPixels, withoutBoundary } from "./path-affinity.ts";

const height = 6;
const width = 8;
const pixels = height * width;
const offsets = [
  { dy: 0, dx: 3 },
  { dy: 2, dx: -1 },
  { dy: 3, dx: 3 },
];
const affinity = (boundary: Float32Array) => pathAffinity(boundary, { height, width, offsets });

describe("pathPixels", () => {
  it("holds both ends", () => {
    for (const offset of [...offsets, { dy: 4, dx: -2 }]) {
      const path = pathPixels(offset);
      expect(path).toContainEqual({ dy: 0, dx: 0 });
      expect(path).toContainEqual(offset);
    }
  });

  it("is the straight line for a straight offset", () => {
    expect(pathPixels({ dy: 0, dx: 2 }).map(({ dx }) => dx)).toEqual([0, 1, 2]);
  });

  it("is mirrored for a mirrored offset", () => {
    const sorted = (path: { dy: number; dx: number }[]) =>
      path.map(({ dy, dx }) => `${dy},${dx}`).toSorted();
    const mirrored = pathPixels({ dy: 3, dx: -2 }).map(({ dy, dx }) => ({ dy, dx: 0 - dx }));
    expect(sorted(mirrored)).toEqual(sorted(pathPixels({ dy: 3, dx: 2 })));
  });
});

describe("pathAffinity", () => {
  it("is 1 for every pair where there is no boundary, 0 where there is no partner", () => {
    const planes = affinity(new Float32Array(pixels));
    offsets.forEach(({ dy, dx }, plane) => {
      for (let p = 0; p < pixels; p += 1) {
        const x = (p % width) + dx;
        const inside = Math.floor(p / width) + dy < height && x >= 0 && x < width;
        expect(planes[plane * pixels + p]).toBe(Number(inside));
      }
    });
  });

  it("is 0 across a wall", () => {
    const wall = Float32Array.from({ length: pixels }, (_, p) => Number(p % width === 4));
    const planes = affinity(wall);
    for (let y = 0; y < height; y += 1) {
      for (const x of [2, 3, 4]) expect(planes[y * width + x]).toBe(0);
      expect(planes[y * width]).toBe(1);
    }
  });

  it("never grows with a boundary", () => {
    const weak = Float32Array.from({ length: pixels }, (_, p) => ((p * 37) % 100) / 200);
    const strong = weak.map((value) => value * 1.5);
    const stronger = affinity(strong);
    affinity(weak).forEach((value, at) => expect(stronger[at]).toBeLessThanOrEqual(value));
  });

  it("refuses a map of another size", () => {
    expect(() => affinity(new Float32Array(3))).toThrow(/6×8 boundary map, got 3/);
  });
});

describe("withoutBoundary", () => {
  it("takes boundaries out of every plane", () => {
    expect([...withoutBoundary(Float32Array.of(1, 2, 3, 4), Float32Array.of(0, 1))]).toEqual([
      1, 0, 3, 0,
    ]);
  });
});

describe("confidentSeed", () => {
  const map = (...labels: number[]) => ({
    height: 1,
    width: labels.length,
    data: Uint8Array.from(labels),
  });

  it("trusts strict foreground and lenient background", () => {
    expect([...confidentSeed(map(3, 0, 0), map(3, 3, 0)).data]).toEqual([3, 255, 0]);
  });
});
