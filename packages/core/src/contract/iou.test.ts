import { describe, expect, it } from "vitest";
import {
  classIous,
  coverage,
  frequencyWeightedIou,
  meanIou,
  meanRecall,
  pixelAccuracy,
} from "./iou.ts";
import type { ConfusionCounts } from "./metrics.ts";

/** Three labels; label 2 is never in the truth but predicted once. Rows = truth. */
const counts: ConfusionCounts = {
  labels: 3,
  matrix: [
    ...[6, 2, 0], // background: 6 found, 2 called class 1
    ...[1, 3, 1], // class 1: 3 found, 1 called background, 1 called class 2
    ...[0, 0, 0],
  ],
  predictedIgnore: [2, 4, 0],
};
const nothing: ConfusionCounts = {
  labels: 2,
  matrix: [0, 0, 0, 0],
  predictedIgnore: [0, 0],
};

describe("classIous", () => {
  it("is null for every label where nothing was scored", () => {
    expect(classIous(nothing)).toEqual([
      { label: 0, iou: null, precision: null, recall: null },
      { label: 1, iou: null, precision: null, recall: null },
    ]);
  });

  it("divides the diagonal by row + column − diagonal, row by recall, column by precision", () => {
    expect(classIous(counts)).toEqual([
      { label: 0, iou: 6 / 9, precision: 6 / 7, recall: 6 / 8 },
      { label: 1, iou: 3 / 7, precision: 3 / 5, recall: 3 / 5 },
      { label: 2, iou: 0, precision: 0, recall: null },
    ]);
  });

  it("counts a predicted 255 as background where the rule says so", () => {
    const [background, first] = classIous(counts, "as-background");
    expect(background).toEqual({ label: 0, iou: 8 / 15, precision: 8 / 13, recall: 8 / 10 });
    expect(first).toEqual({ label: 1, iou: 3 / 11, precision: 3 / 5, recall: 3 / 9 });
  });
});

describe("meanIou", () => {
  it("is null where no class counts", () => {
    expect(meanIou(nothing, "skip-absent")).toBeNull();
    expect(meanIou(nothing, "ground-truth-only")).toBeNull();
    expect(meanIou(nothing, "count-as-zero")).toBe(0);
  });

  it("treats an absent but predicted class as each release does", () => {
    const sum = 6 / 9 + 3 / 7;
    expect(meanIou(counts, "ground-truth-only")).toBeCloseTo(sum / 2, 15);
    expect(meanIou(counts, "skip-absent")).toBeCloseTo(sum / 3, 15);
    expect(meanIou(counts, "count-as-zero")).toBeCloseTo(sum / 3, 15);
  });

  it("leaves a class out that is in neither truth nor prediction, but not for SEAM", () => {
    const wider = { labels: 3, matrix: [4, 0, 0, 0, 4, 0, 0, 0, 0], predictedIgnore: [0, 0, 0] };
    expect(meanIou(wider, "skip-absent")).toBe(1);
    expect(meanIou(wider, "ground-truth-only")).toBe(1);
    expect(meanIou(wider, "count-as-zero")).toBeCloseTo(2 / 3, 15);
  });
});

describe("summaries", () => {
  it("are null where nothing was scored", () => {
    expect([pixelAccuracy(nothing), meanRecall(nothing), frequencyWeightedIou(nothing)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(coverage(nothing)).toBe(1);
  });

  it("follow from the counts by hand", () => {
    expect(pixelAccuracy(counts)).toBeCloseTo(9 / 13, 15);
    expect(meanRecall(counts)).toBeCloseTo((6 / 8 + 3 / 5) / 2, 15);
    expect(frequencyWeightedIou(counts)).toBeCloseTo((8 * (6 / 9) + 5 * (3 / 7)) / 13, 15);
    expect(coverage(counts)).toBeCloseTo(13 / 19, 15);
  });
});
