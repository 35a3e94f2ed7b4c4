import { readFile } from "node:fs/promises";
import { decode, encode, hasPngSignature } from "fast-png";
import type { DecodedPng } from "fast-png";
import type { LabelMap } from "../contract/index.ts";
import { DatasetError, VOC_PALETTE } from "../contract/index.ts";
import { MAX_IMAGE_PIXELS } from "./image-file.ts";

const PALETTE = VOC_PALETTE.map((colour) => [...colour]);
const IHDR_WIDTH = 16;
const IHDR_HEIGHT = 20;
const IHDR_INTERLACE = 28;

const labelOfColour = new Map(
  VOC_PALETTE.map(([red, green, blue], label) => [(red << 16) | (green << 8) | blue, label]),
);
// The devkit's 255 is (224, 224, 192), the bit-dealt one; several tools write white.
labelOfColour.set(0xffffff, 255);

/** A label image as it was found: its ids, and whether they had to be read from colours. */
export interface LabelReading {
  readonly labels: LabelMap;
  readonly fromColours: boolean;
}

function refuse(name: string, found: string, advice: string, cause?: unknown): DatasetError {
  return new DatasetError(`${name}: expected a PNG of label ids, got ${found}. ${advice}`, {
    cause,
    details: { file: name, check: "mask-unreadable" },
  });
}

function decodePng(bytes: Uint8Array, name: string): DecodedPng {
  if (bytes.length < 33 || !hasPngSignature(bytes)) {
    throw refuse(name, "another kind of file", "Save the mask as PNG.");
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixels = header.getUint32(IHDR_WIDTH) * header.getUint32(IHDR_HEIGHT);
  if (pixels > MAX_IMAGE_PIXELS) {
    throw refuse(name, `${Math.round(pixels / 1e6)} megapixels`, "Scale it down with its image.");
  }
  try {
    const png = decode(bytes);
    if (png.depth < 8 && bytes[IHDR_INTERLACE] === 1) {
      throw refuse(name, `an interlaced ${png.depth}-bit PNG`, "Save it without interlacing.");
    }
    return png;
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw refuse(name, "a damaged PNG", "Replace the file.", cause);
  }
}

/** Spreads 1, 2 and 4-bit samples, packed from the highest bit, to one byte each. */
function unpackSamples(png: DecodedPng): Uint8Array {
  const { width, height, depth, data } = png;
  const samples = new Uint8Array(width * height);
  const bytesPerRow = Math.ceil((width * depth) / 8);
  const mask = (1 << depth) - 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth;
      const byte = data[y * bytesPerRow + (bit >> 3)]!;
      samples[y * width + x] = (byte >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

function labelsOfColours(png: DecodedPng, name: string): Uint8Array {
  const { channels, data } = png;
  const shift = png.depth - 8;
  const labels = new Uint8Array(png.width * png.height);
  for (let i = 0; i < labels.length; i += 1) {
    const [red, green, blue] = [0, 1, 2].map((c) => data[i * channels + c]! >> shift);
    const label = labelOfColour.get((red! << 16) | (green! << 8) | blue!);
    if (label === undefined) {
      const at = `x ${i % png.width}, y ${Math.floor(i / png.width)}`;
      throw refuse(
        name,
        `an RGB image with colour (${red}, ${green}, ${blue}) at ${at}, which is not in the VOC palette`,
        "Save the mask as palette or greyscale PNG whose values are the label ids.",
      );
    }
    labels[i] = label;
  }
  return labels;
}

function labelsOfGrey(png: DecodedPng, name: string): Uint8Array {
  const { channels, data } = png;
  const labels = new Uint8Array(png.width * png.height);
  for (let i = 0; i < labels.length; i += 1) {
    const value = data[i * channels]!;
    if (value > 255) throw refuse(name, `value ${value}`, "Label ids end at 255.");
    labels[i] = value;
  }
  return labels;
}

/**
 * Reads label ids from a PNG: palette indices and grey values as they stand, never as colours; an
 * RGB image by the VOC palette.
 * @throws {DatasetError} naming the file
 */
export function readLabels(bytes: Uint8Array, name: string): LabelReading {
  const png = decodePng(bytes, name);
  const { width, height } = png;
  const fromColours = png.channels >= 3;
  let data: Uint8Array;
  if (fromColours) data = labelsOfColours(png, name);
  else if (png.depth < 8) data = unpackSamples(png);
  else data = labelsOfGrey(png, name);
  return { labels: { height, width, data }, fromColours };
}

export const decodeLabels = (bytes: Uint8Array, name: string): LabelMap =>
  readLabels(bytes, name).labels;

export async function readLabelFile(path: string): Promise<LabelMap> {
  return decodeLabels(await readFile(path), path);
}

/** 8-bit palette PNG in the VOC palette: the index is the label id. */
export function encodeLabels({ width, height, data }: LabelMap): Uint8Array {
  return encode({ width, height, data, depth: 8, channels: 1, palette: PALETTE });
}
