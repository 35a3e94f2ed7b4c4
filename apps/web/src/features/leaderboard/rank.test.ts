import { describe, expect, it } from "vitest";
import { standings } from "./rank.ts";

const row = (mean: number, classMean: number | null, supervision: "image-labels" | "masks") => ({
  supervision,
  mean,
  std: null,
  classes: classMean === null ? [] : [{ label: 3, mean: classMean, std: 0.01 }],
});
const rows = [
  row(0.7, 0.2, "masks"),
  row(0.6, 0.3, "image-labels"),
  row(0.5, 0.9, "image-labels"),
  row(0.4, null, "image-labels"),
];

describe("standings", () => {
  it("has none of nothing", () => {
    expect(standings([], null)).toEqual([]);
  });
  it("ranks by mean IoU and leaves upper references without a rank", () => {
    expect(standings(rows, null).map(({ rank }) => rank)).toEqual([null, 1, 2, 3]);
  });
  it("ranks by a class; who has no number of it comes last, without a rank", () => {
    const ranked = standings(rows, 3);
    expect(ranked.map(({ score }) => score?.mean)).toEqual([0.9, 0.3, 0.2, undefined]);
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, null, null]);
    expect(ranked[0]?.score?.std).toBe(0.01);
  });
});
