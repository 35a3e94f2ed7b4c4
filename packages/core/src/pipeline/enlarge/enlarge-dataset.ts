import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type DatasetImage,
  type DatasetManifest,
  maskPath,
  thumbnailPath,
  type ValidationReport,
} from "../../contract/index.ts";
import { type Dataset, datasetRoot, openDataset } from "../../data/dataset.ts";
import { imageKey } from "../../data/image-key.ts";
import { sha256 } from "../canonical-json.ts";

export interface EnlargeOptions {
  readonly home: string;
  /** An imported dataset; its images are taken in turn, again and again. */
  readonly source: Dataset;
  readonly name: string;
  /** How often each image is in the large dataset. */
  readonly copies: number;
}

export interface Enlarged {
  readonly dataset: Dataset;
  readonly report: ValidationReport;
}

/** Which image of the source stands behind the image at a place of the enlarged one. */
export const originOf = <Item>(items: readonly Item[], position: number): Item =>
  items[position % items.length]!;

function entryOf(source: DatasetImage, position: number): DatasetImage {
  const id = `image-${String(position + 1).padStart(6, "0")}`;
  const key = imageKey(id);
  const ending = source.image.slice(source.image.lastIndexOf("."));
  return {
    ...source,
    id,
    key,
    split: "train",
    image: `images/${key}${ending}`,
    mask: source.mask === null ? null : maskPath(key),
  };
}

/**
 * Writes a dataset of any size, to see how what is large behaves: each image has a name, an id and
 * files of its own, and the files are hard links to those of a small dataset.
 */
export async function enlargeDataset(options: EnlargeOptions): Promise<Enlarged> {
  const { home, source, name, copies } = options;
  const origins = source.manifest.images;
  const images = origins.length * copies;
  const manifest: DatasetManifest = {
    ...source.manifest,
    name,
    hash: sha256(`${source.manifest.hash} enlarged to ${images}`),
    images: Array.from({ length: images }, (_, at) => entryOf(originOf(origins, at), at)),
  };
  const root = datasetRoot(home, manifest.hash);
  const folder = `${root.replace(/\/$/, "")}.part`;
  await rm(folder, { recursive: true, force: true });
  for (const kind of ["images", "masks", "thumbnails"]) {
    await mkdir(join(folder, kind), { recursive: true });
  }
  for (const [at, entry] of manifest.images.entries()) {
    const origin = originOf(origins, at);
    const pairs = [
      [origin.image, entry.image],
      [thumbnailPath(origin.key), thumbnailPath(entry.key)],
      ...(origin.mask === null || entry.mask === null ? [] : [[origin.mask, entry.mask]]),
    ] as const;
    for (const [from, to] of pairs) await link(join(source.root, from!), join(folder, to!));
  }
  await writeFile(join(folder, "dataset.json"), JSON.stringify(manifest, null, 1));
  await rm(root, { recursive: true, force: true });
  await rename(folder, root);
  return { dataset: await openDataset(root), report: reportOf(manifest) };
}

function reportOf({ classes, images }: DatasetManifest): ValidationReport {
  const coOccurrence = Array.from({ length: classes.length ** 2 }, () => 0);
  for (const { labels } of images) {
    for (const row of labels) {
      for (const column of labels) coOccurrence[row * classes.length + column]! += 1;
    }
  }
  return {
    ok: true,
    images: images.length,
    findings: [],
    imagesPerClass: classes.map((_, index) => coOccurrence[index * classes.length + index]!),
    coOccurrence,
    splits: { train: images.length },
  };
}
