import { describe, expect, it } from "vitest";
import { changedPaths, flatten, valueAt, withValueAt } from "./config-paths.ts";

const config = { seed: 1, backbone: { name: "tiny", weights: null }, scales: [1, 1.5] };

describe("flatten", () => {
  it("names every leaf by its dotted path and keeps a list whole", () => {
    expect(flatten(config)).toEqual([
      { path: "seed", value: 1 },
      { path: "backbone.name", value: "tiny" },
      { path: "backbone.weights", value: null },
      { path: "scales", value: "1, 1.5" },
    ]);
  });
});

describe("changedPaths", () => {
  it("finds nothing between equal configs", () => {
    expect(changedPaths(config, structuredClone(config))).toEqual([]);
  });
  it("tells changed, new and gone fields", () => {
    const other = { seed: 2, backbone: { name: "tiny", frozen: true }, scales: [1, 1.5] };
    expect(changedPaths(config, other)).toEqual([
      { path: "seed", from: 1, to: 2 },
      { path: "backbone.weights", from: null, to: undefined },
      { path: "backbone.frozen", from: undefined, to: true },
    ]);
  });
});

describe("withValueAt", () => {
  it("sets one field and leaves the original alone", () => {
    const changed = withValueAt(config, ["backbone", "name"], "mobilenet-v2");
    expect(valueAt(changed, ["backbone", "name"])).toBe("mobilenet-v2");
    expect(config.backbone.name).toBe("tiny");
  });
});
