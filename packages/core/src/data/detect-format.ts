import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetFormat } from "../contract/index.ts";
import { DatasetError } from "../contract/index.ts";
import { findCocoFiles } from "./coco-files.ts";
import { IMAGE_EXTENSIONS, imageId } from "./file-index.ts";

/** Formats that can be read from a folder; `synthetic` is the VOC layout our own generator writes. */
export type ReadableFormat = Exclude<DatasetFormat, "synthetic">;

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

const looksLikeImage = (name: string): boolean => imageId(name) !== name;

/**
 * Tells a dataset's format by what its folder holds.
 * @throws {DatasetError} saying what was looked for and what is there
 */
export async function detectFormat(path: string): Promise<ReadableFormat> {
  const start = await stat(path).catch(() => null);
  if (start === null || !start.isDirectory()) {
    throw new DatasetError(
      `${path}: expected a folder, got ${start === null ? "nothing" : "a file"}. Give the folder that holds the images.`,
    );
  }
  const names = await namesIn(path);
  if (names.includes("JPEGImages") && !names.includes("labels.json")) return "voc";
  const coco = await findCocoFiles(path);
  if (coco.length > 0) {
    return coco.some(({ kind }) => kind === "instances") ? "coco-instances" : "coco-panoptic";
  }
  if (names.includes("JPEGImages")) return "voc";
  if (
    names.includes("labels.csv") ||
    names.includes("labels.json") ||
    names.includes("classes.txt")
  )
    return "image-folder";
  const inImages = await namesIn(join(path, "images"));
  if ([...names, ...inImages].some(looksLikeImage)) return "image-folder";
  throw new DatasetError(
    `${path}: expected a dataset, got ${names.length === 0 ? "an empty folder" : names.slice(0, 8).join(", ")}. ` +
      "Known layouts: VOC (JPEGImages, ImageSets), COCO (annotations/*.json), " +
      `a folder of images (${[...IMAGE_EXTENSIONS].join(", ")}) with labels.csv or labels.json.`,
  );
}
