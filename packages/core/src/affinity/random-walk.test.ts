import { describe, expect, it } from "vitest";
import { pixelOffsets, type Transition, transition, walkSources } from "../contract/index.ts";
import { affinityLabels, PAIR_KINDS, pairLabels } from "./affinity-labels.ts";
import { affinityPlanes } from "./affinity-planes.ts";
import { type PairBorders, pairStarts } from "./pixel-pairs.ts";
import { randomWalk } from "./random-walk.ts";
import { poolToGrid } from "./walk-grid.ts";

const height = 9;
const width = 12;
const pixels = height * width;
const noise = (length: number, seed: number) => {
  let state = seed;
  return Float32Array.from({ length }, () => (state = (state * 48271) % 2147483647) / 2147483647);
};
const affinity = (borders: PairBorders, features = noise(4 * pixels, 3)) =>
  affinityPlanes(features, { height, width, radiusInFeatures: 5, borders });
const step = transition(affinity("full"), { power: 3 });
const scores = noise(2 * pixels, 17);
const extremes = (values: Float32Array) => [Math.min(...values), Math.max(...values)] as const;

/** The matrix of the paper: [P, P], columns sum to 1. */
function dense({ weights, degree, offsets }: Transition): Float64Array {
  const matrix = new Float64Array(pixels * pixels);
  for (let p = 0; p < pixels; p += 1) matrix[p * pixels + p] = 1 / degree[p]!;
  offsets.forEach(({ dy, dx }, plane) => {
    for (let p = 0; p < pixels; p += 1) {
      const weight = weights[plane * pixels + p]!;
      const q = p + dy * width + dx;
      if (weight === 0) continue;
      matrix[p * pixels + q] = weight / degree[q]!;
      matrix[q * pixels + p] = weight / degree[p]!;
    }
  });
  return matrix;
}

describe("pixelOffsets", () => {
  it("has none at radius 1, 34 at radius 5, 152 at radius 10, none twice", () => {
    expect([1, 5, 10].map((radius) => pixelOffsets(radius).length)).toEqual([0, 34, 152]);
    expect(new Set(pixelOffsets(10).map(({ dy, dx }) => `${dy},${dx}`)).size).toBe(152);
  });

  it("names every unordered pair within the radius once, on the full grid", () => {
    const seen = new Map<string, number>();
    for (const offset of pixelOffsets(5)) {
      const { rows, left, right } = pairStarts({ height, width }, offset, "full", 5);
      for (let y = 0; y < rows; y += 1) {
        for (let x = left; x < right; x += 1) {
          const p = y * width + x;
          const pair = `${p},${p + offset.dy * width + offset.dx}`;
          seen.set(pair, (seen.get(pair) ?? 0) + 1);
        }
      }
    }
    let expected = 0;
    for (let p = 0; p < pixels; p += 1) {
      for (let q = p + 1; q < pixels; q += 1) {
        const dy = Math.floor(q / width) - Math.floor(p / width);
        const dx = (q % width) - (p % width);
        if (dy * dy + dx * dx < 25) expected += 1;
      }
    }
    expect(seen.size).toBe(expected);
    expect(Math.max(...seen.values())).toBe(1);
  });
});

describe("affinityPlanes", () => {
  it("has no pair on a grid of one pixel", () => {
    const one = { height: 1, width: 1, radiusInFeatures: 5, borders: "full" } as const;
    expect(affinityPlanes(Float32Array.of(1), one).data.every((value) => value === 0)).toBe(true);
  });

  it("is 1 between equal features and in (0, 1] between others", () => {
    const equal = affinity("full", new Float32Array(pixels).fill(0.3)).data;
    expect(new Set(equal)).toEqual(new Set([0, 1]));
    const { data } = affinity("full");
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBeLessThan(1);
  });

  it("leaves pairs inside the outer frame without an edge under psa-compat", () => {
    const count = (borders: PairBorders) => affinity(borders).data.filter((a) => a > 0).length;
    expect(count("psa-compat")).toBe(34 * 5 * 4);
    expect(count("full")).toBeGreaterThan(count("psa-compat"));
  });

  it("refuses a grid that is smaller than the radius under psa-compat, and fits full to it", () => {
    const small = { height: 4, width: 9, radiusInFeatures: 5 } as const;
    const planes = (borders: PairBorders) =>
      affinityPlanes(new Float32Array(36), { ...small, borders });
    expect(() => planes("psa-compat")).toThrow(
      /at least 5×9 features for radius 5, got 4×9.*smaller than the radius/u,
    );
    expect(planes("full").data.filter((value) => value > 0).length).toBeGreaterThan(0);
  });

  it("refuses features that do not divide into channels", () => {
    expect(() => affinity("full", new Float32Array(pixels + 1))).toThrow(/\[D, 9, 12\]/);
  });
});

describe("transition", () => {
  it("has columns that sum to one and no negative entry", () => {
    const matrix = dense(step);
    for (let column = 0; column < pixels; column += 1) {
      let sum = 0;
      for (let row = 0; row < pixels; row += 1) sum += matrix[row * pixels + column]!;
      expect(sum).toBeCloseTo(1, 5);
    }
    expect(matrix.every((value) => value >= 0)).toBe(true);
  });

  it("is in detailed balance with the degrees", () => {
    const matrix = dense(step);
    for (let i = 0; i < pixels; i += 7) {
      for (let j = 0; j < pixels; j += 5) {
        const there = step.degree[j]! * matrix[i * pixels + j]!;
        expect(step.degree[i]! * matrix[j * pixels + i]!).toBeCloseTo(there, 5);
      }
    }
  });
});

describe("randomWalk", () => {
  const walk = (
    steps: number,
    method: "steps" | "chebyshev" = "steps",
    values: Float32Array = scores,
  ) => randomWalk(values, step, { steps, method });

  it("is the identity at no steps and gives nothing of nothing", () => {
    for (const method of ["steps", "chebyshev"] as const) {
      expect(walk(0, method)).toEqual(scores);
      expect(walk(8, method, new Float32Array(0))).toHaveLength(0);
    }
  });

  it("equals the power of the dense matrix", () => {
    const matrix = dense(step);
    let row: Float64Array = Float64Array.from(scores.subarray(0, pixels));
    for (let t = 0; t < 16; t += 1) {
      const next = new Float64Array(pixels);
      for (let i = 0; i < pixels; i += 1) {
        for (let j = 0; j < pixels; j += 1) next[j]! += row[i]! * matrix[i * pixels + j]!;
      }
      row = next;
    }
    walk(16)
      .subarray(0, pixels)
      .forEach((value, p) => expect(value).toBeCloseTo(row[p]!, 5));
  });

  it("takes the same by Chebyshev as step by step", () => {
    for (const steps of [1, 2, 3, 64, 256]) {
      const exact = walk(steps);
      walk(steps, "chebyshev").forEach((value, at) => expect(value).toBeCloseTo(exact[at]!, 5));
    }
  });

  it("goes one step and one step as far as two", () => {
    const twice = walk(1, "steps", walk(1));
    walk(2).forEach((value, at) => expect(value).toBeCloseTo(twice[at]!, 6));
  });

  it("keeps constants and stays within the range of its input", () => {
    walk(50, "steps", new Float32Array(pixels).fill(0.7)).forEach((value) =>
      expect(value).toBeCloseTo(0.7, 5),
    );
    const [low, high] = extremes(scores.subarray(0, pixels));
    const [walkedLow, walkedHigh] = extremes(walk(5).subarray(0, pixels));
    expect(walkedLow).toBeGreaterThanOrEqual(low);
    expect(walkedHigh).toBeLessThanOrEqual(high);
  });

  it("ends at the mean weighted by degree", () => {
    let weighted = 0;
    for (let p = 0; p < pixels; p += 1) weighted += scores[p]! * step.degree[p]!;
    const limit = weighted / step.degree.reduce((sum, value) => sum + value, 0);
    walk(3000)
      .subarray(0, pixels)
      .forEach((value) => expect(value).toBeCloseTo(limit, 3));
  });

  it("never mixes parts that no edge connects", () => {
    // Two halves whose features lie so far apart that exp(−difference) is 0 in float32.
    const features = Float32Array.from({ length: pixels }, (_, p) => (p % width < 6 ? 0 : 1000));
    const parted = transition(affinity("full", features), { power: 8 });
    const start = Float32Array.from({ length: pixels }, (_, p) => Number(p % width < 6));
    for (const method of ["steps", "chebyshev"] as const) {
      randomWalk(start, parted, { steps: 64, method }).forEach((value, p) =>
        expect(value).toBeCloseTo(start[p]!, 4),
      );
    }
  });

  it("refuses another grid and half a step", () => {
    expect(() => walk(1, "steps", new Float32Array(5))).toThrow(/9×12 grid, got 5/);
    expect(() => walk(0.5)).toThrow(/whole number of steps, got 0.5/);
  });
});

describe("walkSources", () => {
  const start = 4 * width + 5;

  it("weighs the pixel alone before the first step", () => {
    const [alone] = walkSources(step, start, [0]);
    expect(alone!.findIndex((weight) => weight === 1)).toBe(start);
    expect(alone!.reduce((sum, weight) => sum + weight, 0)).toBe(1);
  });

  it("has rows that sum to one, after any number of steps", () => {
    for (const row of walkSources(step, start, [1, 2, 16, 256])) {
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
      expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
    }
  });

  it("equals a row of the dense matrix' power", () => {
    const matrix = dense(step);
    // Column `start` of the power: T^t e_start, the weights pixel `start` gives to its sources.
    let column: Float64Array = Float64Array.from({ length: pixels }, (_, p) => Number(p === start));
    for (let t = 0; t < 8; t += 1) {
      column = Float64Array.from({ length: pixels }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < pixels; j += 1) sum += matrix[i * pixels + j]! * column[j]!;
        return sum;
      });
    }
    walkSources(step, start, [8])[0]!.forEach((weight, p) =>
      expect(weight).toBeCloseTo(column[p]!, 10),
    );
  });

  it("weighs the scores before the walk into the score after it", () => {
    for (const steps of [1, 4, 64]) {
      const walked = randomWalk(scores, step, { steps, method: "steps" });
      const [row] = walkSources(step, start, [steps]);
      const mean = row!.reduce((sum, weight, p) => sum + weight * scores[p]!, 0);
      expect(mean).toBeCloseTo(walked[start]!, 5);
    }
  });
});

describe("poolToGrid", () => {
  it("fills ragged edges with zero", () => {
    const data = new Float32Array(9).fill(1);
    const pooled = poolToGrid(
      { height: 3, width: 3, classes: new Int32Array(0), data },
      { stride: 2 },
    );
    expect(pooled).toMatchObject({ height: 2, width: 2 });
    expect([...pooled.data]).toEqual([1, 0.5, 0.5, 0.25]);
  });
});

describe("affinityLabels", () => {
  const stack = (...values: number[]) => ({
    height: 1,
    width: values.length / 2,
    classes: Int32Array.of(6),
    data: Float32Array.from(values),
  });

  it("keeps sure foreground and sure background and ignores the rest and padding", () => {
    // pixels: sure class, between, sure background, no score
    const low = stack(0.2, 0.6, 0.9, 0, 0.8, 0.4, 0.1, 0);
    const high = stack(0.1, 0.3, 0.6, 0, 0.9, 0.7, 0.4, 0);
    expect([...affinityLabels(low, high, { stride: 1 }).data]).toEqual([7, 255, 0, 255]);
  });

  it("refuses two shapes", () => {
    expect(() => affinityLabels(stack(1, 0), stack(1, 1, 0, 0), { stride: 1 })).toThrow(
      /1×1.*1×2/s,
    );
  });
});

describe("pairLabels", () => {
  it("teaches nothing where all is ignored", () => {
    const labels = { height, width, data: new Uint8Array(pixels).fill(255) };
    const kinds = pairLabels(labels, { radiusInFeatures: 5, borders: "full" });
    expect(kinds.every((kind) => kind === PAIR_KINDS.ignored)).toBe(true);
  });

  it("tells the three kinds apart and does not see a renaming of classes", () => {
    const kinds = (...data: number[]) =>
      [
        ...pairLabels(
          { height: 1, width: data.length, data: Uint8Array.from(data) },
          { radiusInFeatures: 2, borders: "full" },
        ),
      ].slice(0, data.length);
    const { ignored, backgroundPositive, foregroundPositive, negative } = PAIR_KINDS;
    const expected = [backgroundPositive, negative, foregroundPositive, negative, ignored, ignored];
    expect(kinds(0, 0, 3, 3, 4, 255)).toEqual(expected);
    expect(kinds(0, 0, 9, 9, 1, 255)).toEqual(expected);
  });
});
