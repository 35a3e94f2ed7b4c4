import { describe, expect, it } from "vitest";
import { axisScale } from "./parallel-axes.ts";

describe("axisScale", () => {
  it("has no tick without values", () => {
    expect(axisScale([], String).ticks).toEqual([]);
  });
  it("puts a single value in the middle", () => {
    expect(axisScale([3, 3], String).place(3)).toBe(0.5);
  });
  it("orders numbers by size, and by logarithm where they are far apart", () => {
    const near = axisScale([4, 2, null, 3], String);
    expect([2, 3, 4].map(near.place)).toEqual([0, 0.5, 1]);
    expect(near.place(null)).toBeNull();
    expect(axisScale([0.0001, 0.01, 1], String).place(0.01)).toBeCloseTo(0.5);
  });
  it("gives words places of their own, null among them", () => {
    const { place, ticks } = axisScale(["aspp", null, "large-fov"], String);
    expect(ticks.map(({ label }) => label)).toEqual(["aspp", "none", "large-fov"]);
    expect(place(null)).toBe(0.5);
  });
  it("names the ends only where there are many", () => {
    expect(axisScale([...Array(20).keys()], String).ticks).toHaveLength(2);
  });
});
