import { realpath } from "node:fs/promises";
import { DatasetError } from "../contract/index.ts";
import { readCoco } from "./coco.ts";
import { detectFormat } from "./detect-format.ts";
import type { ReadableFormat } from "./detect-format.ts";
import { readImageFolder } from "./image-folder.ts";
import type { RawDataset, ReadOptions } from "./raw-dataset.ts";
import { readVoc } from "./voc.ts";

export interface SourceOptions extends ReadOptions {
  /** Detected where it is not given. */
  readonly format?: ReadableFormat;
}

/** Reads lists and labels of a dataset in any known format; no image is decoded yet. */
export async function readDataset(path: string, options: SourceOptions = {}): Promise<RawDataset> {
  const root = await realpath(path).catch((cause: unknown) => {
    throw new DatasetError(`${path}: expected a folder, got nothing. Check the path.`, { cause });
  });
  const format = options.format ?? (await detectFormat(root));
  switch (format) {
    case "voc":
      return readVoc(root, options);
    case "image-folder":
      return readImageFolder(root, options);
    case "coco-instances":
      return readCoco(root, "instances", options);
    case "coco-panoptic":
      return readCoco(root, "panoptic", options);
  }
}
