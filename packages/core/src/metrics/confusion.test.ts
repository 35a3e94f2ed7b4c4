import { describe, expect, it } from "vitest";
import { classIous, type LabelMap, meanIou } from "../contract/index.ts";
import { countConfusion, mergeConfusions } from "./confusion.ts";
import { imageCounts } from "./image-counts.ts";

const row = (...labels: number[]): LabelMap => ({
  height: 1,
  width: labels.length,
  data: Uint8Array.from(labels),
});
const options = { labels: 3, image: "a" };

describe("countConfusion", () => {
  it("gives zeros where everything is ignored", () => {
    const counts = countConfusion(row(255, 255), row(0, 1), options);
    expect(counts.matrix.every((count) => count === 0)).toBe(true);
    expect(meanIou(counts, "skip-absent")).toBeNull();
  });

  it("has ground truth in rows and prediction in columns", () => {
    const { matrix } = countConfusion(row(0, 0, 1, 2), row(1, 1, 1, 0), options);
    expect(matrix).toEqual([0, 2, 0, 0, 1, 0, 1, 0, 0]);
  });

  it("counts a predicted 255 apart, by its ground truth", () => {
    const counts = countConfusion(row(0, 1, 1, 255), row(255, 255, 1, 255), options);
    expect(counts.predictedIgnore).toEqual([1, 1, 0]);
    expect(counts.matrix.reduce((sum, count) => sum + count)).toBe(1);
  });

  it("refuses a label the data set does not have, in either map, and names the image", () => {
    expect(() => countConfusion(row(0), row(3), options)).toThrow(/image a: .*prediction.*got 3/);
    expect(() => countConfusion(row(7), row(0), options)).toThrow(/image a: .*truth.*got 7/);
    expect(() => countConfusion(row(254), row(255), options)).toThrow(/truth/);
  });

  it("allows any prediction where the truth is ignored only if the label is known", () => {
    expect(() => countConfusion(row(255), row(2), options)).not.toThrow();
  });

  it("refuses maps of different sizes and says both", () => {
    expect(() => countConfusion(row(0, 1), row(0), options)).toThrow(/1×2, got 1×1/);
  });

  it("gives IoU 1 for a perfect prediction and the known value for two swapped classes", () => {
    const truth = row(0, 0, 1, 1, 2, 2);
    expect(meanIou(countConfusion(truth, truth, options), "skip-absent")).toBe(1);
    const swapped = countConfusion(truth, row(0, 0, 2, 2, 1, 1), options);
    expect(classIous(swapped).map(({ iou }) => iou)).toEqual([1, 0, 0]);
  });
});

describe("mergeConfusions", () => {
  it("equals counting everything at once, in any order", () => {
    const truth = row(0, 1, 2, 255, 1, 0);
    const prediction = row(0, 2, 2, 1, 255, 1);
    const part = (from: number, to: number) =>
      countConfusion(
        row(...truth.data.subarray(from, to)),
        row(...prediction.data.subarray(from, to)),
        options,
      );
    const whole = countConfusion(truth, prediction, options);
    expect(mergeConfusions([part(0, 2), part(2, 6)], { labels: 3 })).toEqual(whole);
    expect(mergeConfusions([part(2, 6), part(0, 2)], { labels: 3 })).toEqual(whole);
  });

  it("gives zeros of no parts and refuses parts of other labels", () => {
    expect(mergeConfusions([], { labels: 2 }).matrix).toEqual([0, 0, 0, 0]);
    expect(() => mergeConfusions([countConfusion(row(0), row(0), options)], { labels: 2 })).toThrow(
      /2 labels, got 3/,
    );
  });
});

describe("imageCounts", () => {
  const counts = countConfusion(row(0, 0, 1, 1), row(0, 255, 255, 1), options);

  it("lists only labels that occur", () => {
    expect(imageCounts("k", counts, "excluded")).toEqual({
      imageKey: "k",
      labels: [0, 1],
      truePositives: [1, 1],
      falsePositives: [0, 0],
      falseNegatives: [0, 0],
    });
  });

  it("turns a predicted 255 into background where the rule says so", () => {
    expect(imageCounts("k", counts, "as-background")).toEqual({
      imageKey: "k",
      labels: [0, 1],
      truePositives: [2, 1],
      falsePositives: [1, 0],
      falseNegatives: [0, 1],
    });
  });

  it("adds up to the IoUs of the contract under both rules", () => {
    for (const rule of ["excluded", "as-background"] as const) {
      const image = imageCounts("k", counts, rule);
      const ious = classIous(counts, rule);
      image.labels.forEach((label, at) => {
        const hits = image.truePositives[at]!;
        const union = hits + image.falsePositives[at]! + image.falseNegatives[at]!;
        expect(hits / union).toBe(ious[label]!.iou);
      });
    }
  });
});
