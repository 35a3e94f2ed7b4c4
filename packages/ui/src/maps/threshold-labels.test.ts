import { describe, expect, it } from "vitest";
import { mapOfClass, thresholdLabels, winnersOf } from "./threshold-labels.ts";

const maps = {
  width: 2,
  height: 1,
  classes: Int32Array.of(1, 4),
  data: Float32Array.of(0.5, 0.25, 0.5, 1),
};

describe("thresholdLabels", () => {
  const winners = winnersOf(maps, { width: 2, height: 1 });
  it("keeps the first of equals and gives ties with the threshold to background", () => {
    expect([...thresholdLabels(winners, 0.25).data]).toEqual([2, 5]);
    expect([...thresholdLabels(winners, 0.5).data]).toEqual([0, 5]);
    expect([...thresholdLabels(winners, 1).data]).toEqual([0, 0]);
  });
  it("is all background for an image without a map", () => {
    const none = { width: 1, height: 1, classes: new Int32Array(0), data: new Float32Array(0) };
    expect([...thresholdLabels(winnersOf(none, { width: 2, height: 1 }), 0).data]).toEqual([0, 0]);
  });
});

describe("winnersOf", () => {
  it("interpolates between half-pixel centres", () => {
    const ramp = { width: 2, height: 1, classes: Int32Array.of(0), data: Float32Array.of(0, 1) };
    expect([...winnersOf(ramp, { width: 4, height: 1 }).scores]).toEqual([0, 0.25, 0.75, 1]);
  });
});

describe("mapOfClass", () => {
  it("finds a class that is there and none that is not", () => {
    expect([...mapOfClass(maps, 4)!.data]).toEqual([0.5, 1]);
    expect(mapOfClass(maps, 0)).toBeNull();
  });
});
