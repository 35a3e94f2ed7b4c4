import { describe, expect, it } from "vitest";
import { VOC_CLASS_NAMES } from "./labels.ts";
import { publishedResults } from "./published.ts";

describe("publishedResults", () => {
  it("has nothing for other classes, or a split nobody reports", () => {
    expect(publishedResults(["disc"], { stage: "predict", split: "val" })).toEqual([]);
    expect(publishedResults(VOC_CLASS_NAMES, { stage: "predict", split: "train" })).toEqual([]);
  });
  it("says of each number where it can be read, best first", () => {
    const rows = publishedResults(VOC_CLASS_NAMES, { stage: "make-pseudo-masks", split: "train" });
    expect(rows.map(({ meanIou }) => meanIou)).toEqual([0.665, 0.6361, 0.61]);
    expect(rows.every(({ source }) => source !== "")).toBe(true);
  });
});
