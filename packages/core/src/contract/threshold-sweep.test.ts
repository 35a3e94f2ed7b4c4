import { describe, expect, it } from "vitest";
import type { ThresholdHistogram } from "./metrics.ts";
import {
  alphaOfThreshold,
  bestThreshold,
  confusionAtThreshold,
  sweepThresholds,
  thresholdOfAlpha,
} from "./threshold-sweep.ts";

/** Two labels, four bins: background pixels score low, the class's pixels high, one of each astray. */
const histogram: ThresholdHistogram = {
  labels: 2,
  bins: 4,
  counts: [
    ...[3, 1, 0, 1], // truth = background
    ...[0, 1, 2, 4], // truth = class
  ],
  unscored: [10, 1],
};

describe("confusionAtThreshold", () => {
  it("sends scores at or below the threshold to the background", () => {
    expect(confusionAtThreshold(histogram, 0).matrix).toEqual([10, 5, 1, 7]);
    expect(confusionAtThreshold(histogram, 2).matrix).toEqual([14, 1, 2, 6]);
    expect(confusionAtThreshold(histogram, 4).matrix).toEqual([15, 0, 8, 0]);
  });

  it("keeps the number of pixels at every threshold and never loses background as it rises", () => {
    let background = -1;
    for (let edge = 0; edge <= histogram.bins; edge += 1) {
      const { matrix } = confusionAtThreshold(histogram, edge);
      expect(matrix.reduce((sum, count) => sum + count)).toBe(23);
      expect(matrix[0]! + matrix[2]!).toBeGreaterThanOrEqual(background);
      background = matrix[0]! + matrix[2]!;
    }
  });
});

describe("bestThreshold", () => {
  it("is the highest mean IoU of the sweep", () => {
    const points = sweepThresholds(histogram, "skip-absent");
    expect(points.map(({ threshold }) => threshold)).toEqual([0, 0.25, 0.5, 0.75]);
    const best = bestThreshold(points);
    expect(best.threshold).toBe(0.25);
    expect(best.meanIou).toBeCloseTo((13 / 16 + 7 / 10) / 2, 15);
  });

  it("is the lowest of several equal ones", () => {
    const flat = [
      { threshold: 0, meanIou: 0.5 },
      { threshold: 0.5, meanIou: 0.5 },
    ];
    expect(bestThreshold(flat).threshold).toBe(0);
  });
});

describe("alphaOfThreshold", () => {
  it("is the inverse of thresholdOfAlpha", () => {
    for (const alpha of [0.5, 1, 4, 16, 32]) {
      expect(alphaOfThreshold(thresholdOfAlpha(alpha))).toBeCloseTo(alpha, 5);
    }
    expect(thresholdOfAlpha(1)).toBeCloseTo(0.5, 8);
  });
});
