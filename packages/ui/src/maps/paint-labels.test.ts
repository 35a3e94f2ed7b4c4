import { describe, expect, it } from "vitest";
import { fillBox } from "./camera.ts";
import { labelPaint, paintLabels, pixelTarget } from "./paint-labels.ts";
import type { LabelMap, LabelStyle } from "./types.ts";

const styles: LabelStyle[] = [
  { label: 0, name: "background", colour: [0, 0, 0] },
  { label: 1, name: "cat", colour: [200, 10, 20] },
  { label: 2, name: "dog", colour: [10, 200, 20] },
];
const map = (width: number, data: number[]): LabelMap => ({
  width,
  height: data.length / width,
  data: Uint8Array.from(data),
});

/** Paints without outline and reads back which label each target pixel shows. */
function labelsShown(mask: LabelMap, width: number, height: number): number[] {
  const target = pixelTarget(width, height);
  paintLabels(
    target,
    fillBox(mask, target),
    mask,
    labelPaint(styles, { opacity: 1, outline: false }),
    1,
  );
  return Array.from({ length: width * height }, (_, at) =>
    target.bytes[at * 4 + 3] === 0 ? 0 : target.bytes[at * 4] === 200 ? 1 : 2,
  );
}

describe("paintLabels", () => {
  const mask = map(4, [0, 1, 1, 0, 0, 1, 2, 0, 0, 0, 2, 2]);
  it.each([1, 1.5, 2])("puts every mask pixel on its own device pixels at ratio %d", (ratio) => {
    const scale = 4 * ratio;
    const width = mask.width * scale;
    const shown = labelsShown(mask, width, mask.height * scale);
    const expected = Array.from(shown, (_, at) => {
      const x = Math.floor((at % width) / scale);
      const y = Math.floor(Math.floor(at / width) / scale);
      return mask.data[y * mask.width + x];
    });
    expect(shown).toEqual(expected);
  });

  it("leaves no gap and no overlap where the scale is not whole", () => {
    const shown = labelsShown(map(2, [1, 2]), 5, 1);
    expect(shown).toEqual([1, 1, 2, 2, 2]);
  });

  it("draws an outline one device pixel wide inside the region", () => {
    const square = map(3, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
    const target = pixelTarget(15, 15);
    const paint = labelPaint(styles, { opacity: 0.4 });
    paintLabels(target, fillBox(square, target), square, paint, 1);
    const row = Array.from(target.words.subarray(7 * 15, 8 * 15));
    const [fill, edge] = [paint.fill[1], paint.outline[1]];
    expect(row).toEqual([0, 0, 0, 0, 0, edge, fill, fill, fill, edge, 0, 0, 0, 0, 0]);
  });

  it("shows one class alone when asked", () => {
    const target = pixelTarget(2, 1);
    const pair = map(2, [1, 2]);
    const paint = labelPaint(styles, { opacity: 1, solo: 2, outline: false });
    paintLabels(target, fillBox(pair, target), pair, paint, 1);
    expect(target.bytes[3]).toBe(0);
    expect(target.bytes[7]).toBe(255);
  });

  it("stripes what is ignored", () => {
    const ignored = map(1, [255]);
    const target = pixelTarget(16, 1);
    const paint = labelPaint(styles, { opacity: 1, outline: false });
    paintLabels(target, fillBox(ignored, target), ignored, paint, 1);
    expect(new Set(target.words).size).toBe(2);
  });

  it("keeps out of the frame around the image", () => {
    const target = pixelTarget(4, 1);
    const one = map(1, [1]);
    const paint = labelPaint(styles, { opacity: 1, outline: false });
    paintLabels(target, { scaleX: 2, scaleY: 1, x: 1, y: 0 }, one, paint, 1);
    expect(Array.from(target.words, (word) => word !== 0)).toEqual([false, true, true, false]);
  });
});
