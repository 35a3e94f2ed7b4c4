import type { LabelMap, LabelStyle, Rgb } from "./types.ts";

/**
 * Label id of a colour of the PASCAL VOC palette.
 *
 * red, green, blue  0…255
 * returns           0…255
 *
 * The palette deals the bits of an id to the three channels in turn, highest bit first; here they
 * are gathered again. Only three bits of red and green and two of blue can be set by an id.
 * @see PASCAL VOC devkit, VOClabelcolormap
 */
export function labelOfVocColour(red: number, green: number, blue: number): number {
  let label = 0;
  for (let level = 0; level < 3; level += 1) {
    const bit = 7 - level;
    label |= ((red >> bit) & 1) << (3 * level);
    label |= ((green >> bit) & 1) << (3 * level + 1);
    label |= ((blue >> bit) & 1) << (3 * level + 2);
  }
  return label & 255;
}

/** Label map of interleaved VOC-palette pixels with 3 or 4 channels. */
export function labelsOfVocPixels(
  pixels: Uint8Array | Uint8ClampedArray,
  channels: 3 | 4,
  width: number,
  height: number,
): LabelMap {
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += channels) {
    data[at] = labelOfVocColour(pixels[from]!, pixels[from + 1]!, pixels[from + 2]!);
  }
  return { width, height, data };
}

/** Styles for background and classes: `colours[i]` belongs to the class at index i, label i + 1. */
export function labelStyles(
  classNames: readonly string[],
  colours: readonly Rgb[],
  backgroundColour: Rgb = [0, 0, 0],
): LabelStyle[] {
  return [
    { label: 0, name: "background", colour: backgroundColour },
    ...classNames.map((name, index) => ({
      label: index + 1,
      name,
      colour: colours[index % colours.length]!,
    })),
  ];
}

/** CSS colour of channels. */
export const cssColour = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** Relative luminance, 0…1. @see WCAG 2.2, relative luminance */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
