import { readFile } from "node:fs/promises";
import sharp from "sharp";
import type { RgbImage } from "../contract/index.ts";
import { DatasetError } from "../contract/index.ts";

/** Decoding parallelises over images, so one image takes one thread. */
sharp.concurrency(1);
sharp.cache(false);

/** Larger images are refused: one would take more than 3 × this in bytes, several are decoded at once. */
export const MAX_IMAGE_PIXELS = 64_000_000;

/** What an image file says of itself before it is decoded. */
export interface ImageHeader {
  /** Pixels, upright. */
  readonly height: number;
  readonly width: number;
  readonly format: string;
  /** The file asks its reader to turn it. */
  readonly rotated: boolean;
  /** 8-bit RGB already, without transparency or rotation. */
  readonly plain: boolean;
  readonly colourSpace: string;
}

const open = (bytes: Uint8Array) =>
  sharp(bytes, { limitInputPixels: MAX_IMAGE_PIXELS, failOn: "truncated" });

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);

function unreadable(name: string, cause: unknown): DatasetError {
  return new DatasetError(
    `${name}: expected an image, got a file that cannot be decoded (${reasonOf(cause)}). ` +
      "Replace the file or leave it out.",
    { cause, details: { file: name, check: "image-unreadable" } },
  );
}

/**
 * Reads the header of an image and refuses what is no image, or too large.
 * @throws {DatasetError} naming the file
 */
export async function readImageHeader(bytes: Uint8Array, name: string): Promise<ImageHeader> {
  // The limit is checked by hand, so that the message can say the size.
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unreadable(name, cause);
    });
  const { width, height } = metadata;
  if (width * height > MAX_IMAGE_PIXELS) {
    const megapixels = (pixels: number) => Math.round(pixels / 1e6);
    throw new DatasetError(
      `${name}: expected at most ${megapixels(MAX_IMAGE_PIXELS)} megapixels, got ${width}×${height} ` +
        `(${megapixels(width * height)} megapixels). Scale the image down, or cut it into tiles.`,
      { details: { file: name, check: "image-too-large" } },
    );
  }
  const orientation = metadata.orientation ?? 1;
  const sideways = orientation >= 5;
  return {
    height: sideways ? width : height,
    width: sideways ? height : width,
    format: metadata.format,
    rotated: orientation !== 1,
    plain:
      orientation === 1 &&
      metadata.space === "srgb" &&
      metadata.channels === 3 &&
      metadata.depth === "uchar" &&
      metadata.icc === undefined,
    colourSpace: metadata.space,
  };
}

/** Transparent pixels turn white; grey, CMYK and 16-bit values turn 8-bit sRGB. */
const upright = (bytes: Uint8Array) =>
  open(bytes).autoOrient().flatten({ background: "#ffffff" }).toColourspace("srgb");

/**
 * Decodes any image sharp knows into upright 8-bit RGB.
 * @throws {DatasetError} naming the file, where it is damaged, no image, or too large
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<RgbImage> {
  await readImageHeader(bytes, name);
  try {
    const { data, info } = await upright(bytes).raw().toBuffer({ resolveWithObject: true });
    return { height: info.height, width: info.width, data };
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

export async function readImageFile(path: string): Promise<RgbImage> {
  return decodeImage(await readFile(path), path);
}

const raw = ({ data, width, height }: RgbImage) =>
  sharp(data, { raw: { width, height, channels: 3 } });

export const encodePng = (image: RgbImage): Promise<Buffer> => raw(image).png().toBuffer();

/** Quality 95 without chroma subsampling: for photographs that have to be stored anew. */
export const encodeJpeg = (image: RgbImage): Promise<Buffer> =>
  raw(image).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();

/** Small picture for lists. `side` bounds both sides in pixels. */
export const encodeThumbnail = (image: RgbImage, side: number): Promise<Buffer> =>
  raw(image)
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
