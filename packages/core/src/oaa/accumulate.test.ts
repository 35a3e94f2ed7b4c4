import { describe, expect, it } from "vitest";
import {
  acceptedClasses,
  accumulateMaximum,
  attentionFromClassMap,
  harmonicAttention,
} from "./accumulate.ts";

function accumulated(...maps: Float32Array[]): number[] {
  const state = new Float32Array(3);
  for (const map of maps) accumulateMaximum(state, map);
  return [...state];
}

describe("attentionFromClassMap", () => {
  it("gives zeros for a map without a positive score", () => {
    expect([...attentionFromClassMap(Float32Array.of(-1, 0, -3))]).toEqual([0, 0, 0]);
  });

  it("clips below zero and divides by the maximum", () => {
    const attention = attentionFromClassMap(Float32Array.of(-1, 2, 4));
    expect([...attention]).toEqual([0, 0.5, 1]);
  });
});

describe("acceptedClasses", () => {
  it("accepts nothing for an image without labels", () => {
    expect(acceptedClasses([3, 2, 1], []).size).toBe(0);
  });

  it("accepts a labelled class only among the top m logits", () => {
    expect([...acceptedClasses([0.1, 5, 3, -1], [0, 2])]).toEqual([2]);
  });

  it("never accepts a predicted class that is not labelled", () => {
    expect(acceptedClasses([9, 0, 0], [1]).has(0)).toBe(false);
  });

  it("gives ties to the lower class index", () => {
    expect([...acceptedClasses([1, 1, 1], [2])]).toEqual([]);
    expect([...acceptedClasses([1, 1, 1], [0])]).toEqual([0]);
  });
});

describe("accumulateMaximum", () => {
  const a = Float32Array.of(0.1, 0.9, 0);
  const b = Float32Array.of(0.5, 0.2, 0);
  it("does not depend on the order of maps", () => {
    expect(accumulated(a, b)).toEqual(accumulated(b, a));
  });

  it("changes nothing when a map is seen twice", () => {
    expect(accumulated(a, b, b)).toEqual(accumulated(a, b));
  });

  it("refuses a map of another size and says both", () => {
    expect(() => accumulateMaximum(new Float32Array(3), new Float32Array(4))).toThrow(
      "expected an attention map of 3 elements, got 4",
    );
  });
});

describe("harmonicAttention", () => {
  it("lies between the average and the maximum", () => {
    // 3 / (1/0.5 + 2/1) = 0.75
    expect(harmonicAttention(Float32Array.of(0.5, 0), Float32Array.of(1, 1))).toEqual(
      Float32Array.of(0.75, 0),
    );
  });
});
