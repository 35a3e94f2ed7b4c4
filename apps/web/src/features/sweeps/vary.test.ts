import { RECIPES } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { draftSweep, varyFields } from "./vary.ts";

const config = RECIPES[0]!.config;
const options = { strategy: "grid" as const, budget: 10, seed: 1, atOnce: 1 };

describe("varyFields", () => {
  it("has numbers, choices and switches with what they may be", () => {
    const fields = new Map(varyFields(config).map((field) => [field.path, field]));
    expect(fields.get("segmenter.epochs")?.hint).toContain("1 … 1000");
    expect(fields.get("segmenter.head")?.hint).toContain("large-fov, aspp");
    expect(fields.get("prediction.flip")?.hint).toBe("yes, no");
    expect(fields.has("seeds.method")).toBe(false);
  });
});

describe("draftSweep", () => {
  it("has a plan, its points and the first config", () => {
    const draft = draftSweep(config, [{ path: "segmenter.epochs", text: "2, 3" }], options);
    expect(draft).toMatchObject({
      settings: [{ "segmenter.epochs": 2 }, { "segmenter.epochs": 3 }],
      first: { segmenter: { epochs: 2 } },
    });
  });
  it("says what is wrong", () => {
    expect(draftSweep(config, [], options)).toHaveProperty("error");
    const outside = draftSweep(config, [{ path: "segmenter.epochs", text: "0" }], options);
    expect(outside).toMatchObject({ error: expect.stringContaining("epochs") });
  });
});
