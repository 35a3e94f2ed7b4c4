import { pixelOffsets, transition, walkSources } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { neighbourMap, neighboursOf, type Planes, scoresAfter } from "./planes.ts";

const [height, width] = [3, 3];
const offsets = pixelOffsets(2);
/** All pairs that touch, all 0.5 but the one from the middle to its right, which is 1. */
const data = new Float32Array(offsets.length * 9);
offsets.forEach(({ dy, dx }, plane) => {
  for (let y = 0; y + dy < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (x + dx < 0 || x + dx >= width) continue;
      data[plane * 9 + y * width + x] = dy === 0 && y === 1 && x === 1 ? 1 : 0.5;
    }
  }
});
const planes: Planes = {
  affinity: { height, width, offsets, data },
  classes: Int32Array.of(4),
  scores: Float32Array.from({ length: 18 }, (_, at) => (at < 9 ? 0.25 : (at - 9) / 8)),
};
const step = transition(planes.affinity, { power: 2 });
const middle = { row: 1, column: 1 };

describe("neighboursOf", () => {
  it("finds both ways of every offset, and their shares with the pixel's own sum to one", () => {
    const ties = neighboursOf(planes.affinity, step, middle);
    expect(ties.map(({ dy, dx }) => [dy, dx])).toEqual([
      [-1, -1],
      [-1, 0],
      [-1, 1],
      [0, -1],
      [0, 1],
      [1, -1],
      [1, 0],
      [1, 1],
    ]);
    expect(ties.map(({ weight }) => weight)).toEqual([0.25, 0.25, 0.25, 0.25, 1, 0.25, 0.25, 0.25]);
    const own = 1 / step.degree[4]!;
    expect(ties.reduce((sum, { share }) => sum + share, own)).toBeCloseTo(1, 10);
  });

  it("stays inside the grid in a corner", () => {
    expect(neighboursOf(planes.affinity, step, { row: 0, column: 0 })).toHaveLength(3);
  });

  it("agrees with one step of the walk", () => {
    const [sources] = walkSources(step, 4, [1]);
    for (const { row, column, share } of neighboursOf(planes.affinity, step, middle)) {
      expect(sources![row * width + column]).toBeCloseTo(share, 10);
    }
  });
});

describe("neighbourMap", () => {
  it("holds the pixel and its ties, and nothing else", () => {
    const corner = { row: 0, column: 0 };
    const map = neighbourMap(step, corner, neighboursOf(planes.affinity, step, corner));
    expect([...map.data]).toEqual([1, 0.25, 0, 0.25, 0.25, 0, 0, 0, 0]);
  });
});

describe("scoresAfter", () => {
  it("is the pixel's own score before the first step and keeps constants", () => {
    const [before, after] = walkSources(step, 4, [0, 16]);
    expect(scoresAfter(planes, before!)).toEqual([0.25, 0.5]);
    expect(scoresAfter(planes, after!)[0]).toBeCloseTo(0.25, 10);
  });
});
