import { describe, expect, it } from "vitest";
import { labelOfVocColour, labelsOfVocPixels, labelStyles, luminance } from "./palette.ts";

const vocColour = (label: number): [number, number, number] => {
  const channels: [number, number, number] = [0, 0, 0];
  for (let bit = 0; bit < 8; bit += 1) {
    if ((label >> bit) & 1) channels[bit % 3]! |= 1 << (7 - Math.floor(bit / 3));
  }
  return channels;
};

describe("labelOfVocColour", () => {
  it("turns every colour of the palette back into its id", () => {
    const ids = Array.from({ length: 256 }, (_, label) => labelOfVocColour(...vocColour(label)));
    expect(ids).toEqual(Array.from({ length: 256 }, (_, label) => label));
  });
  it("knows the colours everyone knows", () => {
    expect(labelOfVocColour(128, 0, 0)).toBe(1);
    expect(labelOfVocColour(192, 128, 128)).toBe(15);
    expect(labelOfVocColour(224, 224, 192)).toBe(255);
  });
});

describe("labelsOfVocPixels", () => {
  it("skips the alpha channel", () => {
    const pixels = Uint8Array.of(0, 0, 0, 255, 128, 0, 0, 255);
    expect([...labelsOfVocPixels(pixels, 4, 2, 1).data]).toEqual([0, 1]);
  });
});

describe("labelStyles", () => {
  it("puts class 0 at label 1 and repeats colours when they run out", () => {
    const styles = labelStyles(["cat", "dog"], [[1, 2, 3]]);
    expect(styles.map(({ label, name }) => [label, name])).toEqual([
      [0, "background"],
      [1, "cat"],
      [2, "dog"],
    ]);
    expect(styles[2]!.colour).toEqual([1, 2, 3]);
  });
});

describe("luminance", () => {
  it("is 0 for black and 1 for white", () => {
    expect(luminance([0, 0, 0])).toBe(0);
    expect(luminance([255, 255, 255])).toBeCloseTo(1, 6);
  });
});
