import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetImage, DatasetManifest, LabelMap, RgbImage } from "../contract/index.ts";
import { DatasetError, datasetKey, datasetManifestSchema } from "../contract/index.ts";
import { readImageFile } from "./image-file.ts";
import { readLabelFile } from "./label-file.ts";

/** An imported dataset: its manifest in memory, its pixels on disk. */
export interface Dataset {
  readonly root: string;
  readonly manifest: DatasetManifest;
  image(entry: DatasetImage): Promise<RgbImage>;
  /** Ground truth; null where there is none. */
  mask(entry: DatasetImage): Promise<LabelMap | null>;
  /** @throws {DatasetError} naming the splits there are */
  split(name: string): DatasetImage[];
}

export const datasetRoot = (home: string, hash: string): string => join(home, datasetKey(hash, ""));

export async function readManifest(root: string): Promise<DatasetManifest> {
  const path = join(root, "dataset.json");
  try {
    return datasetManifestSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new DatasetError(
      `${path}: expected the manifest of an imported dataset, got none that can be read. Import the dataset again.`,
      { cause },
    );
  }
}

function imagesOfSplit({ images, name: dataset }: DatasetManifest, name: string): DatasetImage[] {
  const found = images.filter(({ split }) => split === name);
  if (found.length === 0) {
    const splits = [...new Set(images.map(({ split }) => split))].toSorted().join(", ");
    throw new DatasetError(
      `dataset ${dataset}: expected a split "${name}", got ${splits}. Name one of these in the run config.`,
    );
  }
  return found;
}

/** @throws {DatasetError} where `root` holds no readable `dataset.json` */
export async function openDataset(root: string): Promise<Dataset> {
  const manifest = await readManifest(root);
  return {
    root,
    manifest,
    image: ({ image }) => readImageFile(join(root, image)),
    mask: async ({ mask }) => (mask === null ? null : readLabelFile(join(root, mask))),
    split: (name) => imagesOfSplit(manifest, name),
  };
}
