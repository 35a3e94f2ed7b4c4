import type { LabelMap, RgbImage } from "../src/contract/index.ts";
import { encodePng } from "../src/data/image-file.ts";
import { encodeLabels } from "../src/data/label-file.ts";

/** An image whose pixels differ from each other, and from those of another `tint`. */
export const tinyImage = (height = 6, width = 8, tint = 0): RgbImage => ({
  height,
  width,
  data: Uint8Array.from({ length: height * width * 3 }, (_, i) => (i * 37 + tint * 11) % 256),
});

export const tinyPng = (tint = 0): Promise<Uint8Array> => encodePng(tinyImage(6, 8, tint));

/** Left half background, right half `label`. */
export const halfLabels = (label: number, height = 6, width = 8): LabelMap => ({
  height,
  width,
  data: Uint8Array.from({ length: height * width }, (_, i) => (i % width < width / 2 ? 0 : label)),
});

export const halfMask = (label: number, height = 6, width = 8): Uint8Array =>
  encodeLabels(halfLabels(label, height, width));
