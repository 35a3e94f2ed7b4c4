import { describe, expect, it } from "vitest";
import type { ScoreMaps } from "../contract/index.ts";
import { addLeakage, camLeakage, noLeakage } from "./cam-leakage.ts";
import { ENTROPY_BINS, scoreEntropy } from "./score-entropy.ts";

const truth = { height: 1, width: 4, data: Uint8Array.of(0, 1, 2, 255) };
const scores: ScoreMaps = {
  height: 1,
  width: 4,
  classes: Int32Array.of(0),
  data: Float32Array.of(0.25, 1, 0.5, 1),
};
const options = { classes: 2, image: "a" };

describe("camLeakage", () => {
  it("gives zeros for an image without labels", () => {
    const none = { ...scores, classes: new Int32Array(0), data: new Float32Array(0) };
    expect(camLeakage(truth, none, options)).toEqual(noLeakage(2));
  });
  it("sums the map over each label of the truth, 255 left out", () => {
    expect(camLeakage(truth, scores, options)).toEqual({
      classes: 2,
      mass: [0.25, 1, 0.5, 0, 0, 0],
      pixels: [1, 1, 1, 0, 0, 0],
    });
  });
  it("adds up over images", () => {
    const once = camLeakage(truth, scores, options);
    expect(addLeakage(once, once).mass).toEqual([0.5, 2, 1, 0, 0, 0]);
    expect(addLeakage(once, noLeakage(2))).toEqual(once);
  });
  it("refuses scores of another size and names the image", () => {
    expect(() => camLeakage(truth, { ...scores, width: 2 }, options)).toThrow(/image a: .*got 1×2/);
  });
});

describe("scoreEntropy", () => {
  const entropy = (classes: number, ...data: number[]) =>
    scoreEntropy({
      height: 1,
      width: data.length / (classes + 1),
      classes: Int32Array.from({ length: classes }, (_, at) => at),
      data: Float32Array.from(data),
    });
  it("is 0 where there is nothing to decide", () => {
    expect(entropy(0, 1, 0.5).mean).toBe(0);
    expect(entropy(1, 0, 0).mean).toBe(0);
    expect(entropy(1, 1, 0).counts[0]).toBe(1);
  });
  it("is 1 where all labels are alike, whatever their sum", () => {
    expect(entropy(2, 0.2, 0.2, 0.2).mean).toBeCloseTo(1, 6);
    expect(entropy(2, 0.2, 0.2, 0.2).counts[ENTROPY_BINS - 1]).toBe(1);
  });
  it("lies between for shares of 1/4 and 3/4", () => {
    const bits = -(0.25 * Math.log2(0.25) + 0.75 * Math.log2(0.75));
    expect(entropy(1, 0.25, 0.75).mean).toBeCloseTo(bits, 6);
  });
});
