import { decode } from "fast-png";
import { labelsOfVocPixels } from "./palette.ts";
import type { LabelMap } from "./types.ts";

/**
 * Reads the label ids of a mask file.
 *
 * bytes    PNG: palette (the index is the id), 8-bit grey (the value is the id), or VOC colours
 * returns  label map of the file's own size
 *
 * The bytes are decoded here and not through a canvas: a browser that protects its user from
 * fingerprinting adds noise to canvas pixels, and noise in an id is another class.
 * @throws {Error} when the file is no PNG or holds 16-bit values
 */
export function decodeMask(bytes: Uint8Array): LabelMap {
  const { width, height, data, channels, depth, palette } = decode(bytes);
  if (data instanceof Uint16Array || depth === 16) {
    throw new TypeError(
      "mask: expected 8-bit label ids, got 16-bit values. Export it as palette PNG.",
    );
  }
  if (palette !== undefined || channels === 1) {
    return {
      width,
      height,
      data: depth < 8 ? unpack(data, width, height, depth) : new Uint8Array(data),
    };
  }
  if (channels === 3 || channels === 4)
    return labelsOfVocPixels(new Uint8Array(data), channels, width, height);
  throw new TypeError(
    `mask: expected palette, grey or VOC colours, got ${channels} channels. Export it as palette PNG.`,
  );
}

/** One id per byte from rows of 1, 2 or 4 bits a pixel, each row starting at a byte. */
function unpack(
  packed: ArrayLike<number>,
  width: number,
  height: number,
  depth: number,
): Uint8Array {
  const perByte = 8 / depth;
  const stride = Math.ceil(width / perByte);
  const mask = (1 << depth) - 1;
  const labels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const byte = packed[y * stride + Math.floor(x / perByte)]!;
      labels[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & mask;
    }
  }
  return labels;
}
