import { describe, expect, it } from "vitest";
import { changeMap, errorMap, overlapOf } from "./difference.ts";

const map = (...data: number[]) => ({ width: data.length, height: 1, data: Uint8Array.from(data) });

describe("errorMap", () => {
  it("names every kind of error", () => {
    const truth = map(0, 1, 0, 1, 1, 255, 1, 0);
    const prediction = map(0, 1, 2, 0, 2, 1, 255, 255);
    expect([...errorMap(prediction, truth).data]).toEqual([0, 1, 2, 3, 4, 255, 3, 255]);
  });
  it("refuses masks of two sizes and says both", () => {
    expect(() => errorMap(map(0), map(0, 1))).toThrow("1×1 and 2×1");
  });
});

describe("changeMap", () => {
  it("tells fixed, broken and still wrong by the truth", () => {
    const truth = map(1, 1, 1, 1, 255);
    expect([...changeMap(map(0, 1, 0, 1, 0), map(1, 0, 2, 1, 1), truth).data]).toEqual([
      1, 2, 3, 0, 0,
    ]);
  });
  it("tells object from background without truth", () => {
    expect([...changeMap(map(0, 1, 1, 0), map(1, 0, 2, 0), null).data]).toEqual([1, 2, 3, 0]);
  });
});

describe("overlapOf", () => {
  it("counts labels present in either mask and skips 255", () => {
    expect(overlapOf(map(1, 1, 0, 2), map(1, 0, 0, 255))).toEqual([
      { label: 0, truePositives: 1, falsePositives: 0, falseNegatives: 1 },
      { label: 1, truePositives: 1, falsePositives: 1, falseNegatives: 0 },
    ]);
  });
});
