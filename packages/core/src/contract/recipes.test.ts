import { expect, it } from "vitest";
import { RECIPES } from "./recipes.ts";

it("parses every shipped recipe and finds each name once", () => {
  expect(new Set(RECIPES.map(({ name }) => name)).size).toBe(RECIPES.length);
});
