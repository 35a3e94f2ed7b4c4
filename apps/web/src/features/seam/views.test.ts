import { describe, expect, it } from "vitest";
import { attentionRow, differenceOf, mapOf, meanMagnitude, type Views } from "./views.ts";

/** One class on one row of two pixels, features of two channels: right and down. */
const views: Views = {
  height: 1,
  width: 2,
  classes: Int32Array.of(5),
  maps: Uint8Array.of(0, 255, 51, 204, 255, 255, 102, 102, 0, 0, 255, 0),
  features: Uint8Array.of(255, 128, 228, 228),
};

describe("mapOf", () => {
  it("finds transform and module", () => {
    const at = (options: Parameters<typeof mapOf>[1]) =>
      [...mapOf(views, options).data].map((value) => Math.round(value * 255));
    expect(at({ transform: null, module: "cam", plane: 0 })).toEqual([0, 255]);
    expect(at({ transform: null, module: "revised", plane: 0 })).toEqual([51, 204]);
    expect(at({ transform: "rescale", module: "cam", plane: 0 })).toEqual([255, 255]);
    expect(at({ transform: "mirror", module: "revised", plane: 0 })).toEqual([255, 0]);
  });
});

describe("differenceOf", () => {
  it("is above zero where the transformed image gives more, and nothing of equal maps", () => {
    const upright = mapOf(views, { transform: null, module: "cam", plane: 0 });
    const back = mapOf(views, { transform: "rescale", module: "cam", plane: 0 });
    expect([...differenceOf(upright, back).data]).toEqual([1, 0]);
    expect(meanMagnitude(differenceOf(upright, back))).toBe(0.5);
    expect(meanMagnitude(differenceOf(upright, upright))).toBe(0);
  });
});

describe("attentionRow", () => {
  it("weighs pixels by the cosine of their features, to a sum of one", () => {
    const { data } = attentionRow(views, { row: 0, column: 0 });
    expect(data[0]! + data[1]!).toBeCloseTo(1, 6);
    expect(data[1]! / data[0]!).toBeCloseTo(Math.SQRT1_2, 5);
  });

  it("gives no weight to features that point away, nor to none at all", () => {
    const away = { ...views, features: Uint8Array.of(255, 128, 1, 128) };
    expect([...attentionRow(away, { row: 0, column: 0 }).data]).toEqual([1, 0]);
    const none = { ...views, features: new Uint8Array(4).fill(128) };
    expect([...attentionRow(none, { row: 0, column: 0 }).data]).toEqual([0, 0]);
  });
});
