import { describe, expect, it } from "vitest";
import { type LabelMap, pixelFlow, stateCounts } from "../contract/index.ts";
import { countConfusion } from "./confusion.ts";
import { countAgreement, labelChange } from "./label-change.ts";

const row = (...labels: number[]): LabelMap => ({
  height: 1,
  width: labels.length,
  data: Uint8Array.from(labels),
});
const options = { labels: 3, rule: "excluded", image: "a" } as const;

const correctOf = (truth: LabelMap, mask: LabelMap): number => {
  const { matrix } = countConfusion(truth, mask, options);
  return matrix[0]! + matrix[4]! + matrix[8]!;
};

describe("labelChange", () => {
  it("counts nothing where the truth is 255", () => {
    const change = labelChange(row(255), { before: row(0), after: row(1) }, options);
    expect(change.every((count) => count === 0)).toBe(true);
  });

  it("tells kept, fixed, broken, still wrong and unlabelled apart", () => {
    const truth = row(0, 0, 1, 1, 2, 2);
    const before = row(0, 1, 0, 255, 2, 2);
    const after = row(0, 0, 2, 1, 255, 0);
    const counts = labelChange(truth, { before, after }, options);
    expect(pixelFlow({ from: "make-seeds", counts })).toEqual({
      pixels: 6,
      kept: 1,
      fixed: 2,
      broken: 2,
      stillWrong: 1,
      correctBefore: 3,
      correctAfter: 3,
    });
    expect(pixelFlow({ from: "make-seeds", counts }, 1)).toMatchObject({ fixed: 1, stillWrong: 1 });
    expect(stateCounts({ from: "make-seeds", counts }, 2)).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  it("has fixed − broken equal to the change in correct pixels", () => {
    let state = 17;
    const next = (of: number) => (state = (state * 48271) % 2147483647) % of;
    for (let round = 0; round < 20; round += 1) {
      const map = () => row(...Array.from({ length: 200 }, () => [0, 1, 2, 255][next(4)]!));
      const [truth, before, after] = [map(), map(), map()];
      const counts = labelChange(truth, { before, after }, options);
      const flow = pixelFlow({ from: "make-seeds", counts });
      expect(flow.correctBefore).toBe(correctOf(truth, before));
      expect(flow.correctAfter).toBe(correctOf(truth, after));
      expect(flow.fixed - flow.broken).toBe(correctOf(truth, after) - correctOf(truth, before));
      expect(flow.kept + flow.fixed + flow.broken + flow.stillWrong).toBe(flow.pixels);
    }
  });

  it("treats 255 as background where the rule says so", () => {
    const counts = labelChange(
      row(0, 1),
      { before: row(255, 255), after: row(0, 1) },
      { ...options, rule: "as-background" },
    );
    expect(pixelFlow({ from: "make-seeds", counts })).toMatchObject({ kept: 1, fixed: 1 });
  });
});

describe("countAgreement", () => {
  it("has 255 last in rows and columns", () => {
    const counts = countAgreement(row(0, 255, 1), row(0, 1, 255), { labels: 2, image: "a" });
    expect(counts).toEqual([1, 0, 0, 0, 0, 1, 0, 1, 0]);
  });
  it("is diagonal for equal maps and turns over when they change places", () => {
    const [a, b] = [row(0, 1, 2, 255, 1), row(2, 1, 0, 255, 255)];
    const count = (x: LabelMap, y: LabelMap) => countAgreement(x, y, { labels: 3, image: "a" });
    const same = count(a, a);
    expect(same.every((value, at) => value === 0 || at % 5 === 0)).toBe(true);
    const turned = count(b, a);
    count(a, b).forEach((value, at) => {
      expect(turned[(at % 4) * 4 + Math.floor(at / 4)]).toBe(value);
    });
  });
});
