import { describe, expect, it } from "vitest";
import { createRandom } from "../tensor/random.ts";
import { decodeRle, encodeRle, rleFromString, rleToString } from "./rle.ts";

describe("encodeRle", () => {
  it("counts down the columns, zeros first", () => {
    // 0 1 1
    // 0 0 1
    const mask = Uint8Array.of(0, 1, 1, 0, 0, 1);
    expect(encodeRle(mask, 2, 3)).toEqual([2, 1, 1, 2]);
    expect(encodeRle(Uint8Array.of(1, 0), 1, 2)).toEqual([0, 1, 1]);
  });

  it("gives the mask back, in both forms", () => {
    const random = createRandom(5);
    for (const [height, width] of [
      [1, 1],
      [7, 3],
      [40, 61],
    ] as const) {
      const mask = Uint8Array.from({ length: height * width }, () =>
        random.uniform() < 0.3 ? 1 : 0,
      );
      const counts = encodeRle(mask, height, width);
      expect(decodeRle(counts, height, width)).toEqual(mask);
      expect(rleFromString(rleToString(counts))).toEqual(counts);
    }
  });
});

describe("rleToString", () => {
  it("writes differences from the fourth count on", () => {
    // 9×10, rows 2…5, columns 3…6. 29 → m0, 4 → 4, 5 → 5, five times no change → 0, 30 − 5 = 25 → i0.
    const mask = new Uint8Array(90);
    for (let y = 2; y < 6; y += 1) mask.fill(1, y * 10 + 3, y * 10 + 7);
    const counts = encodeRle(mask, 9, 10);
    expect(counts).toEqual([29, 4, 5, 4, 5, 4, 5, 4, 30]);
    expect(rleToString(counts)).toBe("m04500000i0");
  });

  it("needs two characters from 16 on", () => {
    expect(rleToString([15])).toBe("?");
    expect(rleToString([16])).toBe("`0");
    expect(rleFromString(rleToString([0, 4096, 17, 4095, 1]))).toEqual([0, 4096, 17, 4095, 1]);
  });
});

describe("decodeRle", () => {
  it("refuses runs that do not add up", () => {
    expect(() => decodeRle([3], 2, 2)).toThrow(/cover 3 of 4/);
    expect(() => decodeRle([3, 9], 2, 2)).toThrow(/pass the end/);
    expect(() => rleFromString("P")).toThrow(/ends within/);
  });
});
