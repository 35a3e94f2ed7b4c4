import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve, sep } from "node:path";
import type { DatasetImage } from "../contract/index.ts";
import { CancelledError, DatasetError } from "../contract/index.ts";
import { openDataset } from "./dataset.ts";
import { mapBounded } from "./map-bounded.ts";

const FILES_AT_ONCE = 8;

/** A cell as RFC 4180 wants it. */
const csvCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

async function refuseFull(to: string): Promise<void> {
  const names = await readdir(to).catch(() => []);
  if (names.length === 0) return;
  throw new DatasetError(
    `${to}: expected an empty folder to export to, got ${names.length} entries. Name another folder.`,
  );
}

/** Ids are a user's file names: each must stay below its folder. */
function pathBelow(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (path.startsWith(resolve(folder) + sep)) return path;
  throw new DatasetError(`export: expected an id below the folder, got "${name}". Rename it.`);
}

async function copyTo(from: string, folder: string, name: string): Promise<void> {
  const to = pathBelow(folder, name);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/**
 * Writes an imported dataset in VOC layout with labels.csv and classes.txt. Imported again it gives
 * the same version.
 *
 * root      folder of the imported dataset
 * to        new or empty folder
 */
export async function exportDataset(
  root: string,
  to: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const { manifest } = await openDataset(root);
  await refuseFull(to);
  const [images, masks, lists] = ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"].map(
    (name) => join(to, name),
  );
  await mkdir(lists!, { recursive: true });
  const copy = async ({ id, image, mask }: DatasetImage) => {
    if (signal?.aborted === true) throw new CancelledError(`export to ${to}: cancelled`);
    await copyTo(join(root, image), images!, id + extname(image));
    if (mask !== null) await copyTo(join(root, mask), masks!, `${id}.png`);
  };
  for await (const _ of mapBounded(manifest.images, FILES_AT_ONCE, copy));

  const rows = manifest.images.map(({ id, width, height, labels }) => {
    const names = labels.map((index) => manifest.classes[index]).join(";");
    return `${csvCell(id)},${width},${height},${csvCell(names)}\r\n`;
  });
  await writeFile(join(to, "labels.csv"), `id,width,height,classes\r\n${rows.join("")}`);
  await writeFile(join(to, "classes.txt"), manifest.classes.map((name) => `${name}\n`).join(""));
  const splits = Map.groupBy(manifest.images, ({ split }) => split);
  for (const [split, entries] of splits) {
    const text = entries.map(({ id }) => `${id}\n`).join("");
    await writeFile(pathBelow(lists!, `${split}.txt`), text);
  }
}
