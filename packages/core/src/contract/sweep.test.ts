import { describe, expect, it } from "vitest";
import { RECIPES } from "./recipes.ts";
import { configAt, settingText, type SweepPlan, sweepSettings } from "./sweep.ts";

const config = RECIPES[0]!.config;
const epochs = { kind: "values" as const, path: "segmenter.epochs", values: [1, 2] };
const rate = {
  kind: "range" as const,
  path: "segmenter.learningRate",
  min: 1e-4,
  max: 1e-1,
  scale: "log" as const,
  step: null,
};
const planOf = (change: Partial<SweepPlan>): SweepPlan => ({
  space: [epochs],
  strategy: "grid",
  budget: 10,
  seed: 1,
  atOnce: 1,
  ...change,
});

describe("sweepSettings", () => {
  it("takes every combination of a grid, the last field fastest", () => {
    const flips = { kind: "values" as const, path: "prediction.flip", values: [true, false] };
    expect(sweepSettings(planOf({ space: [epochs, flips] }))).toEqual([
      { "segmenter.epochs": 1, "prediction.flip": true },
      { "segmenter.epochs": 1, "prediction.flip": false },
      { "segmenter.epochs": 2, "prediction.flip": true },
      { "segmenter.epochs": 2, "prediction.flip": false },
    ]);
  });
  it("refuses a grid that is larger than its budget, of a range, or of one field twice", () => {
    expect(() => sweepSettings(planOf({ budget: 1 }))).toThrow("budget of 1 runs, got 2");
    expect(() => sweepSettings(planOf({ space: [rate] }))).toThrow("List them");
    expect(() => sweepSettings(planOf({ space: [epochs, epochs] }))).toThrow("got one twice");
  });
  it("draws the same points from the same seed, each once, within the range", () => {
    const plan = planOf({ space: [rate], strategy: "random", budget: 40 });
    const points = sweepSettings(plan);
    expect(points).toEqual(sweepSettings(plan));
    expect(points).not.toEqual(sweepSettings({ ...plan, seed: 2 }));
    const values = points.map((point) => Number(point[rate.path]));
    expect(new Set(values).size).toBe(40);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(rate.min);
    expect(Math.max(...values)).toBeLessThanOrEqual(rate.max);
    // Half of a logarithmic range lies below its geometric middle.
    expect(values.filter((value) => value < 10 ** -2.5).length).toBeGreaterThan(10);
  });
  it("stops when a small space is used up", () => {
    expect(sweepSettings(planOf({ strategy: "random", budget: 10 }))).toHaveLength(2);
  });
  it("keeps to the steps of a range", () => {
    const whole = { ...rate, path: "seed", min: 1, max: 9, scale: "linear" as const, step: 2 };
    const points = sweepSettings(planOf({ space: [whole], strategy: "random", budget: 50 }));
    expect(points.map((point) => Number(point["seed"])).toSorted()).toEqual([1, 3, 5, 7, 9]);
  });
});

describe("configAt", () => {
  it("sets the fields and nothing else", () => {
    const changed = configAt(config, { "segmenter.epochs": 3 });
    expect(changed).toEqual({ ...config, segmenter: { ...config.segmenter, epochs: 3 } });
  });
  it("refuses a field that the config has not, and a value out of range", () => {
    expect(() => configAt(config, { "segmenter.depth": 3 })).toThrow("segmenter.depth");
    expect(() => configAt(config, { "segmenter.epochs": 0 })).toThrow("epochs");
  });
  it("is said by the last words of the fields", () => {
    expect(settingText({ "segmenter.epochs": 3, "backbone.weights": null })).toBe(
      "epochs 3, weights none",
    );
  });
});
