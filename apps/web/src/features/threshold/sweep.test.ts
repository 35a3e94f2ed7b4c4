import { confusionAtThreshold, type ThresholdHistogram } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { bestEdge, bestEdgeByLabel, confusionAtEdges, sweepMeasures } from "./sweep.ts";

/** Two classes, four bins; class 1 is best from bin 1 on, class 2 from bin 3 on. */
const histogram: ThresholdHistogram = {
  labels: 3,
  bins: 4,
  counts: [
    [9, 0, 0, 0, 5, 5, 5, 0],
    [1, 4, 4, 4, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, 1, 1, 8],
  ].flat(),
  unscored: [50, 2, 2],
};

describe("sweepMeasures", () => {
  it("has the measures of the confusion matrix at every edge", () => {
    const sweep = sweepMeasures(histogram, "skip-absent");
    expect(sweep.map(({ threshold }) => threshold)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(sweep[1]!.classes[1]).toBeCloseTo(12 / 15, 12);
    expect(sweep[3]!.classes[2]).toBeCloseTo(8 / 13, 12);
  });
});

describe("bestEdge", () => {
  it("takes the lowest of equals and skips what has no value", () => {
    expect(bestEdge([null, 0.4, 0.7, 0.7])).toBe(2);
    expect(bestEdge([null, null])).toBe(0);
  });
});

describe("confusionAtEdges", () => {
  it("equals one threshold where all edges agree", () => {
    for (let edge = 0; edge < 4; edge += 1) {
      expect(confusionAtEdges(histogram, [0, edge, edge])).toEqual(
        confusionAtThreshold(histogram, edge),
      );
    }
  });
  it("lets every class have its best", () => {
    const sweep = sweepMeasures(histogram, "skip-absent");
    const edges = bestEdgeByLabel(sweep);
    expect(edges.slice(1)).toEqual([1, 3]);
    const { matrix } = confusionAtEdges(histogram, edges);
    const [hitOfOne, hitOfTwo, backgroundAsTwo] = [matrix[4], matrix[8], matrix[2]];
    expect([hitOfOne, hitOfTwo, backgroundAsTwo]).toEqual([12, 8, 0]);
  });
});
