import { describe, expect, it } from "vitest";
import {
  leakageMeans,
  leakageShares,
  pointwiseMutualInformation,
  ringsError,
  ringsMeanIou,
} from "./noise-figures.ts";

describe("ringsMeanIou and ringsError", () => {
  it("have nothing to say about no ring and about empty ones", () => {
    expect(ringsMeanIou([])).toBeNull();
    const empty = { truePositives: [0, 0], truth: [0, 0], predicted: [0, 0] };
    expect(ringsMeanIou([empty])).toBeNull();
    expect(ringsError([empty])).toEqual({ pixels: 0, wrong: 0 });
  });
  it("count rings together before dividing", () => {
    const near = { truePositives: [2, 1], truth: [3, 2], predicted: [3, 2] };
    const far = { truePositives: [6, 0], truth: [6, 0], predicted: [6, 0] };
    expect(ringsMeanIou([near])).toBeCloseTo((2 / 4 + 1 / 3) / 2, 12);
    expect(ringsMeanIou([near, far])).toBeCloseTo((8 / 10 + 1 / 3) / 2, 12);
    expect(ringsError([near, far])).toEqual({ pixels: 11, wrong: 2 });
  });
});

describe("leakageShares and leakageMeans", () => {
  const leakage = { classes: 2, mass: [1, 3, 0, 0, 0, 0], pixels: [4, 3, 0, 0, 0, 0] };
  it("give rows that sum to 1, and nothing for a class without CAM", () => {
    expect(leakageShares(leakage)).toEqual([0.25, 0.75, 0, null, null, null]);
  });
  it("divide by pixels, and have no mean over none", () => {
    expect(leakageMeans(leakage)).toEqual([0.25, 1, null, null, null, null]);
  });
});

describe("pointwiseMutualInformation", () => {
  it("is 0 for independent classes, 1 for twice the chance, −∞ for strangers", () => {
    const options = { classes: 2, images: 8 };
    expect(pointwiseMutualInformation([4, 2, 2, 4], options)[1]).toBe(0);
    expect(pointwiseMutualInformation([4, 4, 4, 4], options)[1]).toBe(1);
    expect(pointwiseMutualInformation([4, 0, 0, 4], options)[1]).toBe(-Infinity);
  });
  it("does not exist for a class no image has", () => {
    expect(pointwiseMutualInformation([4, 0, 0, 0], { classes: 2, images: 8 })[1]).toBeNull();
  });
  it("is symmetric", () => {
    const counts = [9, 3, 2, 3, 5, 1, 2, 1, 4];
    const values = pointwiseMutualInformation(counts, { classes: 3, images: 20 });
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      expect(values[a * 3 + b]).toBe(values[b * 3 + a]);
    }
  });
});
