import { describe, expect, it } from "vitest";
import { fillBox } from "./camera.ts";
import { paintHeat, rangeOf } from "./paint-heat.ts";
import { pixelTarget } from "./paint-labels.ts";

const map = { width: 2, height: 1, data: Float32Array.of(0, 1) };
const image = { width: 4, height: 1 };

const alphas = (range: readonly [number, number], opacity = 1): number[] => {
  const target = pixelTarget(4, 1);
  paintHeat(target, fillBox(image, target), image, map, { colours: "viridis", range, opacity });
  return [3, 7, 11, 15].map((at) => target.bytes[at]!);
};

describe("paintHeat", () => {
  it("samples between half-pixel centres: values 0, ¼, ¾, 1", () => {
    expect(alphas([0, 1]).map((alpha) => Math.round((alpha / 255 / 1.15) * 100) / 100)).toEqual([
      0, 0.25, 0.75, 0.87,
    ]);
  });
  it("lets a weak response show the photograph", () => {
    expect(alphas([0, 1])[0]).toBe(0);
  });
  it("draws everything as the first colour when the range is empty", () => {
    expect(alphas([1, 1])).toEqual([0, 0, 0, 0]);
  });
});

/** Colour bytes of the four target pixels after the layers, lowest first. */
function painted(...layers: readonly Parameters<typeof paintHeat>[4][]): number[][] {
  const target = pixelTarget(4, 1);
  for (const layer of layers) paintHeat(target, fillBox(image, target), image, map, layer);
  return [0, 4, 8, 12].map((at) => [...target.bytes.subarray(at, at + 4)]);
}

describe("paintHeat of whole cells", () => {
  it("draws every cell as it is, over what the grid covers", () => {
    const options = { colours: "viridis", range: [0, 1], opacity: 1, smooth: false } as const;
    expect(painted(options).map(([, , , alpha]) => alpha)).toEqual([0, 0, 255, 255]);
    const wide = { ...options, extent: { width: 6, height: 1 } };
    expect(painted(wide).map(([, , , alpha]) => alpha)).toEqual([0, 0, 0, 255]);
  });
});

describe("paintHeat of a difference", () => {
  it("is clear in the middle, blue below and orange above", () => {
    const [low, , , high] = painted({ colours: "difference", range: [0, 1], opacity: 1 });
    expect(low).toEqual([21, 87, 192, 255]);
    expect(high).toEqual([181, 77, 0, 255]);
    const [middle] = painted({ colours: "difference", range: [0, 2], opacity: 1 }).slice(3);
    expect(middle![3]).toBeLessThanOrEqual(1);
  });
});

describe("paintHeat over paintHeat", () => {
  it("keeps what lies under a clear pixel and covers it where it is opaque", () => {
    const under = { colours: "jet", range: [-1, 0], opacity: 1 } as const;
    const over = { colours: "increment", range: [0, 1], opacity: 1 } as const;
    const [left, , , right] = painted(under, over);
    expect(left).toEqual([128, 0, 0, 255]);
    expect(right).toEqual([240, 121, 24, 255]);
  });
});

describe("rangeOf", () => {
  it("finds both ends, and 0…1 in nothing", () => {
    expect(rangeOf({ width: 3, height: 1, data: Float32Array.of(0.5, -1, 2) })).toEqual([-1, 2]);
    expect(rangeOf({ width: 0, height: 0, data: new Float32Array(0) })).toEqual([0, 1]);
  });
});
