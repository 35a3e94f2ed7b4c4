/**
 * The two number spaces of segmentation labels, and the colours they are drawn in.
 *
 * A *class index* counts foreground classes from 0 and indexes CAM channels; a *label id* is what a
 * mask pixel holds. They differ by one, and the difference is written here and nowhere else.
 */
declare const classIndexBrand: unique symbol;
declare const labelIdBrand: unique symbol;

/** Foreground class, 0…C−1. Indexes CAM channels and image-level label vectors. */
export type ClassIndex = number & { readonly [classIndexBrand]: true };
/** Value of a mask pixel: 0 background, 1…C foreground, 255 ignored. */
export type LabelId = number & { readonly [labelIdBrand]: true };

export const BACKGROUND = 0 as LabelId;
export const IGNORE_INDEX = 255 as LabelId;
/** Most foreground classes an 8-bit mask can hold beside background and ignore. */
export const MAX_CLASSES = 254;

export const classIndex = (value: number): ClassIndex => value as ClassIndex;
export const labelId = (value: number): LabelId => value as LabelId;
export const labelOfClass = (index: ClassIndex): LabelId => (index + 1) as LabelId;
export const classOfLabel = (label: LabelId): ClassIndex => (label - 1) as ClassIndex;

/** Label map of one image: `data[y * width + x]` is a LabelId. */
export interface LabelMap {
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

export const VOC_CLASS_NAMES = [
  "aeroplane",
  "bicycle",
  "bird",
  "boat",
  "bottle",
  "bus",
  "car",
  "cat",
  "chair",
  "cow",
  "diningtable",
  "dog",
  "horse",
  "motorbike",
  "person",
  "pottedplant",
  "sheep",
  "sofa",
  "train",
  "tvmonitor",
] as const;

export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Colour of a label id in the PASCAL VOC palette, each channel 0…255.
 *
 * The bits of the id are dealt to red, green and blue in turn, highest bit first, so all 256 colours
 * differ and a colour can be turned back into its id.
 * @see PASCAL VOC devkit, VOClabelcolormap
 */
export function vocColour(label: number): Rgb {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let bit = 0, rest = label; bit < 8; bit += 1, rest >>= 3) {
    red |= (rest & 1) << (7 - bit);
    green |= ((rest >> 1) & 1) << (7 - bit);
    blue |= ((rest >> 2) & 1) << (7 - bit);
  }
  return [red, green, blue];
}

/** All 256 VOC colours, indexed by label id. */
export const VOC_PALETTE: readonly Rgb[] = Array.from({ length: 256 }, (_, label) =>
  vocColour(label),
);

/** Twenty colours that stay apart under every common colour-vision deficiency (smallest ΔE00 14.4). */
export const DISTINCT_20: readonly Rgb[] = [
  "a96280",
  "546ff5",
  "beb320",
  "110062",
  "e3f4ee",
  "e4d3ff",
  "6a985f",
  "002300",
  "717200",
  "1ac79f",
  "b70054",
  "2e0f23",
  "75318b",
  "a1a3ff",
  "404a00",
  "0e00ff",
  "005340",
  "a29cb5",
  "edff08",
  "acffb2",
].map((hex): Rgb => {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
});
