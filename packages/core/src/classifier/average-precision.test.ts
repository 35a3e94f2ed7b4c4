import { describe, expect, it } from "vitest";
import { averagePrecision, meanAveragePrecision } from "./average-precision.ts";

describe("averagePrecision", () => {
  it("is null without a positive", () => {
    expect(averagePrecision([0.3, 0.2], [0, 0])).toBeNull();
    expect(averagePrecision([], [])).toBeNull();
  });

  it("is one for a perfect ranking", () => {
    expect(averagePrecision([3, 2, 1, 0], [1, 1, 0, 0])).toBe(1);
  });

  it("by hand: hits at ranks 1 and 3 give (1 + 2/3) / 2", () => {
    expect(averagePrecision([4, 3, 2, 1], [1, 0, 1, 0])).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });

  it("does not depend on the order of equal scores", () => {
    expect(averagePrecision([1, 1, 0], [1, 0, 1])).toBe(averagePrecision([1, 1, 0], [0, 1, 1]));
  });
});

describe("meanAveragePrecision", () => {
  it("leaves out classes without a positive", () => {
    const { mean, perClass } = meanAveragePrecision({
      scores: [2, 0, 1, 0],
      imageLabels: [1, 0, 0, 0],
      classes: 2,
    });
    expect(perClass).toEqual([1, null]);
    expect(mean).toBe(1);
  });
});
