import { describe, expect, it } from "vitest";
import { pairsOf } from "./pairs.ts";

const labels = { images: 10, counts: [5, 4, 0, 4, 5, 1, 0, 1, 2] };

describe("pairsOf", () => {
  it("has no pair where no two classes meet", () => {
    expect(
      pairsOf({ classes: 2, labels: { images: 2, counts: [1, 0, 0, 1] }, leakage: null }),
    ).toEqual([]);
  });

  it("puts the closest friends first without ground truth", () => {
    const pairs = pairsOf({ classes: 3, labels, leakage: null });
    expect(pairs).toHaveLength(4);
    expect(pairs[0]).toMatchObject({ classIndex: 0, partner: 1, images: 4, leaked: null });
    expect(pairs[0]!.information).toBeCloseTo(Math.log2((4 * 10) / 25), 12);
  });

  it("puts the worst leak first where masks tell", () => {
    const mass = [1, 8, 1, 0, 0, 0, 9, 0, 2, 5, 0, 3];
    const leakage = { classes: 3, mass, pixels: mass.map(() => 10) };
    const [worst] = pairsOf({ classes: 3, labels, leakage });
    expect(worst).toMatchObject({ classIndex: 0, partner: 1, leaked: 0.1, mean: 0.1 });
  });
});
