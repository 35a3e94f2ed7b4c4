import { describe, expect, it } from "vitest";
import { DEFAULT_DISPLAY, displayAfterKey } from "./display.ts";

const press = (...keys: string[]) =>
  keys.reduce((display, key) => displayAfterKey(display, key) ?? display, DEFAULT_DISPLAY);

describe("displayAfterKey", () => {
  it("turns the overlay off and back to what it was", () => {
    expect(press(" ").layer).toBe("none");
    expect(press(" ", " ").layer).toBe("mask");
    expect(press("d", " ", " ").layer).toBe("difference");
  });
  it("leaves a layer by its own key", () => {
    expect(press("g").layer).toBe("truth");
    expect(press("g", "g").layer).toBe("mask");
  });
  it("keeps opacity within 0…1 in steps of 5", () => {
    expect(press("]").opacity).toBe(0.6);
    expect(press(...Array.from({ length: 30 }, () => "[")).opacity).toBe(0);
  });
  it("knows nothing of other keys", () => {
    expect(displayAfterKey(DEFAULT_DISPLAY, "x")).toBeNull();
  });
});
