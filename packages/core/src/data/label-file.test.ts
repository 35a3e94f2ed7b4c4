import { encode } from "fast-png";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { halfLabels } from "../../test/tiny-images.ts";
import { VOC_PALETTE } from "../contract/index.ts";
import { decodeLabels, encodeLabels, readLabels } from "./label-file.ts";

const all = { height: 16, width: 16, data: Uint8Array.from({ length: 256 }, (_, i) => i) };

describe("encodeLabels", () => {
  it("gives every label id back", () => {
    expect(decodeLabels(encodeLabels(all), "a")).toEqual(all);
  });

  it("writes an 8-bit palette PNG in the VOC palette", async () => {
    const png = encodeLabels(all);
    expect([png[24], png[25]]).toEqual([8, 3]);
    const { data } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(45, 48)]).toEqual([...VOC_PALETTE[15]!]);
  });
});

describe("readLabels", () => {
  it("reads indices of a palette in any colours, never the colours", () => {
    const palette = Array.from({ length: 3 }, (_, i) => [200 - i, 7, 9]);
    const png = encode({
      width: 3,
      height: 1,
      data: Uint8Array.of(2, 0, 1),
      depth: 8,
      channels: 1,
      palette,
    });
    expect([...decodeLabels(png, "a").data]).toEqual([2, 0, 1]);
  });

  it.each([1, 2, 4] as const)("unpacks %i-bit palettes", async (bits) => {
    const colours = 2 ** bits;
    const labels = Array.from({ length: 5 * 3 }, (_, i) => i % colours);
    const perRow = Math.ceil((5 * bits) / 8);
    const data = new Uint8Array(perRow * 3);
    labels.forEach((label, i) => {
      const [y, bit] = [Math.floor(i / 5), (i % 5) * bits];
      data[y * perRow + (bit >> 3)]! |= label << (8 - bits - (bit & 7));
    });
    const palette = Array.from({ length: colours }, (_, i) => [i * 9, i, 255 - i]);
    const png = encode({ width: 5, height: 3, data, depth: bits, channels: 1, palette });
    expect([...decodeLabels(png, "a").data]).toEqual(labels);
  });

  it("reads grey values as they stand, 8 and 16 bits", () => {
    const grey = encode({ width: 2, height: 1, data: Uint8Array.of(20, 255), channels: 1 });
    expect([...decodeLabels(grey, "a").data]).toEqual([20, 255]);
    const deep = { width: 2, height: 1, channels: 1, depth: 16 } as const;
    const png = encode({ ...deep, data: Uint16Array.of(20, 255) });
    expect([...decodeLabels(png, "a").data]).toEqual([20, 255]);
    const large = encode({ ...deep, data: Uint16Array.of(20, 256) });
    expect(() => decodeLabels(large, "a.png")).toThrow(/a\.png.*value 256/);
  });

  it("turns VOC colours back into ids and says that it did", async () => {
    const rgb = await sharp(encodeLabels(halfLabels(15)))
      .toColourspace("srgb")
      .removeAlpha()
      .png({ palette: false })
      .toBuffer();
    expect(readLabels(rgb, "a")).toEqual({ labels: halfLabels(15), fromColours: true });
  });

  it("refuses colours beyond the palette, other files and damaged ones, by name", () => {
    const odd = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3), channels: 3 });
    expect(() => decodeLabels(odd, "m.png")).toThrow(/m\.png.*\(1, 2, 3\) at x 0, y 0/);
    expect(() => decodeLabels(new TextEncoder().encode("text"), "m.png")).toThrow(/another kind/);
    const whole = encodeLabels(all);
    expect(() => decodeLabels(whole.subarray(0, 1100), "m.png")).toThrow(/m\.png.*damaged/);
  });
});
