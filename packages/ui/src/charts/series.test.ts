import { describe, expect, it } from "vitest";
import { alignSeries, bestOf, lastOf, smooth } from "./series.ts";

const series = (steps: number[], values: (number | null)[], better?: "higher" | "lower") => ({
  key: "a",
  label: "a",
  steps,
  values,
  ...(better && { better }),
});

describe("alignSeries", () => {
  it("merges steps and leaves gaps", () => {
    expect(alignSeries([series([1, 3], [10, 30]), series([2, 3], [5, null])])).toEqual([
      [1, 2, 3],
      [10, undefined, 30],
      [undefined, 5, null],
    ]);
  });
  it("draws NaN as a gap", () => {
    expect(alignSeries([series([1], [Number.NaN])])[1]).toEqual([null]);
  });
});

describe("bestOf", () => {
  it("takes the earliest of equals by direction", () => {
    expect(bestOf(series([1, 2, 3], [0.5, 0.7, 0.7], "higher"))).toEqual({ step: 2, value: 0.7 });
    expect(bestOf(series([1, 2, 3], [0.5, 0.7, null], "lower"))).toEqual({ step: 1, value: 0.5 });
  });
  it("is null where nothing was measured", () => {
    expect(bestOf(series([], [], "higher"))).toBeNull();
  });
});

describe("lastOf", () => {
  it("skips trailing gaps", () => {
    expect(lastOf(series([1, 2, 3], [1, 2, null]))).toEqual({ step: 2, value: 2 });
  });
});

describe("smooth", () => {
  it("leaves a constant unchanged and keeps gaps", () => {
    expect(smooth([2, null, 2], 0.9)).toEqual([2, null, 2]);
  });
});
