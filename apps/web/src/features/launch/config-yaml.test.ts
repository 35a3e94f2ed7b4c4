import { RECIPES } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { readConfigYaml, writeConfigYaml } from "./config-yaml.ts";

const lineOf = (text: string, part: string): number =>
  text.split("\n").findIndex((line) => line.includes(part)) + 1;

describe("a config as YAML", () => {
  it("comes back as it was, for every recipe", () => {
    for (const { config } of RECIPES) {
      expect(readConfigYaml(writeConfigYaml(config))).toEqual({ value: config, problems: [] });
    }
  });
  it("may be JSON", () => {
    const { config } = RECIPES[0]!;
    expect(readConfigYaml(JSON.stringify(config, null, 2)).value).toEqual(config);
  });
  it("says the line of what is no YAML, and gives no value", () => {
    const { value, problems } = readConfigYaml("seed: 1\nbackbone: [1, 2\nname: x");
    expect(value).toBeUndefined();
    expect(problems[0]!.field).toBeNull();
    expect(problems[0]!.line).toBeGreaterThan(1);
  });
  it("says line and field of a value out of range", () => {
    const { config } = RECIPES[0]!;
    const text = writeConfigYaml({
      ...config,
      segmenter: { ...config.segmenter, headChannels: 4 },
    });
    const { problems } = readConfigYaml(text);
    expect(problems).toEqual([
      expect.objectContaining({
        field: "segmenter.headChannels",
        line: lineOf(text, "headChannels"),
      }),
    ]);
  });
  it("finds an unknown field, and points to the part where one is missing", () => {
    const text = writeConfigYaml(RECIPES[0]!.config)
      .replace("supervision:", "surprise: 1\nsupervision:")
      .replace(/ {2}policy: .*\n/, "");
    const { problems } = readConfigYaml(text);
    const at = new Map(problems.map(({ field, line }) => [field, line]));
    expect(at.get("surprise")).toBe(lineOf(text, "surprise"));
    expect(at.get("pseudoMasks.policy")).toBe(lineOf(text, "pseudoMasks"));
  });
  it("has nothing to read in an empty text", () => {
    expect(readConfigYaml("").problems).toHaveLength(1);
  });
});
