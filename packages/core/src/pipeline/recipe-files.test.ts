import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recipeSchema } from "../contract/index.ts";

const FOLDER = new URL("../../configs/", import.meta.url);

describe("a shipped recipe", () => {
  it.each(readdirSync(FOLDER))("%s says every field itself", (file) => {
    const written: unknown = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
    expect(recipeSchema.parse(written)).toEqual(written);
  });
});
