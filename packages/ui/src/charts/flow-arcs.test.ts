import { describe, expect, it } from "vitest";
import { flowArcs } from "./flow-arcs.ts";

const size = { rowHeight: 40, width: 50 };
const rows = [
  { key: "a", from: [] },
  { key: "b", from: ["a"] },
  { key: "c", from: ["a", "b", "gone"] },
];

describe("flowArcs", () => {
  it("has no arc where nothing flows, or from what is not there", () => {
    expect(flowArcs([], size)).toEqual([]);
    expect(flowArcs(rows, size).map(({ from, to }) => from + to)).toEqual(["ab", "ac", "bc"]);
  });
  it("ends at the row it flows to, and stays inside the gutter", () => {
    for (const { to, path, end } of flowArcs(rows, size)) {
      const at = rows.findIndex(({ key }) => key === to);
      expect(Math.floor(end.y / size.rowHeight)).toBe(at);
      for (const [, x] of path.matchAll(/([\d.-]+),/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(size.width);
      }
    }
  });
});
