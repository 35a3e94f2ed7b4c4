import { describe, expect, it } from "vitest";
import { COLOUR_MAPS, colourAt, colourTable, divergingColour } from "./colour-map.ts";
import { luminance } from "./palette.ts";

const near = (colour: readonly number[], expected: readonly number[], tolerance: number): boolean =>
  colour.every((channel, index) => Math.abs(channel - expected[index]!) <= tolerance);

describe("colourAt", () => {
  it("meets matplotlib's viridis at both ends and in the middle", () => {
    expect(near(colourAt("viridis", 0), [68, 1, 84], 4)).toBe(true);
    expect(near(colourAt("viridis", 0.5), [33, 145, 140], 4)).toBe(true);
    expect(near(colourAt("viridis", 1), [253, 231, 37], 4)).toBe(true);
  });
  it("runs jet from dark blue to dark red", () => {
    expect(colourAt("jet", 0)).toEqual([0, 0, 128]);
    expect(colourAt("jet", 1)).toEqual([128, 0, 0]);
  });
  it("clamps what is out of range", () => {
    for (const name of COLOUR_MAPS) {
      expect(colourAt(name, -3)).toEqual(colourAt(name, 0));
      expect(colourAt(name, 7)).toEqual(colourAt(name, 1));
    }
  });
});

describe("colourTable", () => {
  it("gets lighter along viridis without a step back", () => {
    const light = colourTable("viridis").map(luminance);
    expect(light.every((value, index) => index === 0 || value >= light[index - 1]! - 0.004)).toBe(
      true,
    );
  });
});

describe("divergingColour", () => {
  it("is blue below zero, orange above, pale at it, and stops at the ends", () => {
    const [lost, even, gained] = [divergingColour(-1), divergingColour(0), divergingColour(1)];
    expect(lost[2]).toBeGreaterThan(lost[0]);
    expect(gained[0]).toBeGreaterThan(gained[2]);
    expect(luminance(even)).toBeGreaterThan(0.85);
    expect(divergingColour(-9)).toEqual(lost);
  });
});
