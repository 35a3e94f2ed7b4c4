import { describe, expect, it } from "vitest";
import { RECIPES } from "./recipes.ts";
import { readDimension } from "./sweep-text.ts";

const config = RECIPES[0]!.config;

describe("readDimension", () => {
  it("reads values of every kind", () => {
    expect(readDimension(config, "backbone.weights", "none, a, 2, true")).toEqual({
      kind: "values",
      path: "backbone.weights",
      values: [null, "a", 2, true],
    });
  });
  it("reads a range, whole where field and ends are", () => {
    expect(readDimension(config, "segmenter.epochs", "2..8")).toMatchObject({
      kind: "range",
      min: 2,
      max: 8,
      step: 1,
    });
    expect(readDimension(config, "segmenter.learningRate", "1e-4..1e-1 log")).toMatchObject({
      min: 1e-4,
      max: 0.1,
      scale: "log",
      step: null,
    });
  });
  it("refuses nothing, and a field the config has not", () => {
    expect(() => readDimension(config, "segmenter.epochs", " , ")).toThrow("expected values");
    expect(() => readDimension(config, "segmenter.depth", "1")).toThrow("none of that name");
  });
});
