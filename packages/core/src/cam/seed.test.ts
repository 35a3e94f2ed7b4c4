import { describe, expect, it } from "vitest";
import type { ScoreMaps } from "../contract/index.ts";
import { type BackgroundRule, backgroundScores } from "./background.ts";
import { type CamView, camFromViews, type MergeOptions, mergeViews } from "./multi-scale.ts";
import { normaliseByMax, normaliseByRange, normaliseGlobally } from "./normalise.ts";
import { seedFromScores } from "./seed.ts";

function randomMaps(seed: number, height: number, width: number, classes = [2, 5]): ScoreMaps {
  let state = seed;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const data = Float32Array.from({ length: classes.length * height * width }, () => next() - 0.3);
  return { height, width, classes: Int32Array.from(classes), data };
}

const mirror = (maps: ScoreMaps): ScoreMaps => {
  const { width } = maps;
  const at = (index: number) => index - (index % width) + (width - 1 - (index % width));
  return { ...maps, data: maps.data.map((_, index) => maps.data[at(index)]!) };
};
const one = (value: number): CamView => ({
  maps: { height: 1, width: 1, classes: Int32Array.of(0), data: Float32Array.of(value) },
  mirrored: false,
});
const total = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);
const noClass: ScoreMaps = {
  height: 2,
  width: 3,
  classes: new Int32Array(0),
  data: new Float32Array(0),
};
const full: MergeOptions = { height: 13, width: 10, rule: "psa", resolution: "full" };
const views = (seed: number): CamView[] => [
  { maps: randomMaps(seed, 4, 3), mirrored: false },
  { maps: randomMaps(seed + 1, 4, 3), mirrored: true },
  { maps: randomMaps(seed + 2, 7, 5), mirrored: false },
];

describe("normaliseByMax", () => {
  it("leaves a map of zeros at zero, not NaN", () => {
    const zeros = { ...noClass, classes: Int32Array.of(0), data: new Float32Array(6) };
    expect(normaliseByMax(zeros).data).toEqual(new Float32Array(6));
    expect(normaliseGlobally(zeros).data).toEqual(new Float32Array(6));
  });

  it("has maximum m / (m + 1e-5) and no negative value in every class", () => {
    const maps = mergeViews(views(1), full);
    const { data } = normaliseByMax(maps);
    for (const start of [0, 130]) {
      const highest = Math.max(...maps.data.subarray(start, start + 130));
      expect(Math.max(...data.subarray(start, start + 130))).toBeCloseTo(
        highest / (highest + 1e-5),
      );
      expect(Math.min(...data.subarray(start, start + 130))).toBeGreaterThanOrEqual(0);
    }
  });
});

describe("normaliseByRange", () => {
  it("spans 0…1 but for SEAM's dip below zero at the minimum", () => {
    const maps = {
      ...noClass,
      height: 1,
      classes: Int32Array.of(0),
      data: Float32Array.of(0, 1, 4),
    };
    const { data } = normaliseByRange(maps);
    expect(data[0]).toBeCloseTo(-1e-5 / 4, 8);
    expect(data[1]).toBeCloseTo(0.25, 4);
    expect(data[2]).toBeCloseTo(1, 4);
  });
});

describe("normaliseGlobally", () => {
  it("divides all classes by one maximum", () => {
    const maps = { height: 1, width: 1, classes: Int32Array.of(0, 1), data: Float32Array.of(2, 4) };
    expect([...normaliseGlobally(maps).data]).toEqual([0.5, 1]);
  });
});

describe("mergeViews", () => {
  it("keeps an image without labels without maps, at the asked size", () => {
    const merged = mergeViews([{ maps: noClass, mirrored: false }], full);
    expect(merged).toMatchObject({ height: 13, width: 10 });
    expect(merged.data).toHaveLength(0);
  });

  it("gives mirrored maps for a mirrored image, whatever the network, odd and even widths", () => {
    for (const width of [10, 11]) {
      const options = { ...full, width };
      const merged = camFromViews(views(3), options).data;
      const flipped = views(3).map(({ maps, mirrored }) => ({ maps, mirrored: !mirrored }));
      const other = mirror(camFromViews(flipped, options)).data;
      merged.forEach((value, at) => expect(other[at]).toBeCloseTo(value, 5));
    }
  });

  it("permutes with the classes", () => {
    const plain = camFromViews(views(4), full);
    const half = plain.data.length / 2;
    const swapped = views(4).map(({ maps, mirrored }) => {
      const middle = maps.data.length / 2;
      const data = Float32Array.from([
        ...maps.data.subarray(middle),
        ...maps.data.subarray(0, middle),
      ]);
      return { maps: { ...maps, data }, mirrored };
    });
    const other = camFromViews(swapped, full);
    expect(other.data.subarray(0, half)).toEqual(plain.data.subarray(half));
  });

  it("has every fourth pixel in a strided map, the last one included", () => {
    expect(mergeViews(views(5), { ...full, resolution: "strided" })).toMatchObject({
      height: 4,
      width: 3,
    });
  });

  it("rectifies views for psa and irn, their sum for SEAM", () => {
    const options = { height: 1, width: 1, resolution: "full" } as const;
    const pair = [one(-2), one(3)];
    expect(mergeViews(pair, { ...options, rule: "psa" }).data[0]).toBe(3);
    expect(mergeViews(pair, { ...options, rule: "irn" }).data[0]).toBe(3);
    expect(mergeViews(pair, { ...options, rule: "seam" }).data[0]).toBe(1);
  });

  it("refuses no views and views of different classes", () => {
    expect(() => mergeViews([], full)).toThrow(/at least one view/);
    const odd = { maps: randomMaps(1, 4, 3, [1, 5]), mirrored: false };
    expect(() => mergeViews([...views(1), odd], full)).toThrow(/classes 2, 5 .* got 1, 5/);
  });
});

describe("seedFromScores", () => {
  const cam = camFromViews(views(6), full);
  const foreground = (background: BackgroundRule) =>
    seedFromScores(cam, background).data.map((label) => Number(label > 0));

  it("is background everywhere for an image without labels, under every rule", () => {
    for (const rule of [
      { rule: "constant", threshold: 0 },
      { rule: "power", alpha: 4 },
      { rule: "relative", fraction: 0.25 },
    ] as const) {
      expect(seedFromScores(noClass, rule).data).toEqual(new Uint8Array(6));
    }
  });

  it("holds only labels of present classes", () => {
    const labels = new Set(seedFromScores(cam, { rule: "constant", threshold: 0.3 }).data);
    expect([...labels].every((label) => [0, 3, 6].includes(label))).toBe(true);
  });

  it("never turns background into foreground as the threshold rises", () => {
    let previous = foreground({ rule: "constant", threshold: 0 });
    for (let threshold = 0.05; threshold <= 1; threshold += 0.05) {
      const next = foreground({ rule: "constant", threshold });
      next.forEach((value, pixel) => expect(value).toBeLessThanOrEqual(previous[pixel]!));
      previous = next;
    }
  });

  it("has no less foreground with a larger alpha", () => {
    const areas = [1, 2, 4, 16, 32].map((alpha) => total(foreground({ rule: "power", alpha })));
    expect(areas.toSorted((a, b) => a - b)).toEqual(areas);
  });

  it("prefers the background where scores are equal", () => {
    const maps = { height: 1, width: 1, classes: Int32Array.of(0), data: Float32Array.of(0.5) };
    expect(seedFromScores(maps, { rule: "constant", threshold: 0.5 }).data[0]).toBe(0);
  });
});

describe("backgroundScores", () => {
  const maps = { height: 1, width: 2, classes: Int32Array.of(0), data: Float32Array.of(0.5, 1) };

  it("follows its three definitions", () => {
    expect([...backgroundScores(maps, { rule: "constant", threshold: 0.25 })]).toEqual([
      0.25, 0.25,
    ]);
    expect([...backgroundScores(maps, { rule: "power", alpha: 2 })]).toEqual([0.25, 0]);
    expect([...backgroundScores(maps, { rule: "relative", fraction: 0.25 })]).toEqual([0.25, 0.25]);
  });
});
