import { describe, expect, it } from "vitest";
import { mapsOfPresent, sureLabels } from "./cut.ts";

describe("sureLabels", () => {
  const mask = { width: 4, height: 1, data: Uint8Array.of(0, 2, 2, 1) };
  const confidence = { width: 2, height: 1, data: Uint8Array.of(255, 102) };

  it("leaves the mask as it is at 0, and a copy of it", () => {
    const sure = sureLabels(mask, confidence, 0);
    expect(sure).toEqual(mask);
    expect(sure.data).not.toBe(mask.data);
  });

  it("ignores what is not above the threshold, by the nearest pixel that was looked at", () => {
    expect([...sureLabels(mask, confidence, 0.4).data]).toEqual([0, 2, 255, 255]);
    expect([...sureLabels(mask, confidence, 1).data]).toEqual([255, 255, 255, 255]);
  });
});

describe("mapsOfPresent", () => {
  const maps = {
    width: 1,
    height: 1,
    classes: Int32Array.of(0, 1, 2),
    data: Float32Array.of(0.1, 0.2, 0.3),
  };

  it("keeps the classes that are probable enough, with their own maps", () => {
    const kept = mapsOfPresent(maps, [0.9, 0.2, 0.6], 0.5);
    expect([...kept.classes]).toEqual([0, 2]);
    expect([...kept.data].map((value) => value.toFixed(1))).toEqual(["0.1", "0.3"]);
  });

  it("may keep none", () => {
    expect(mapsOfPresent(maps, [0, 0, 0], 0.5).data).toHaveLength(0);
  });
});
