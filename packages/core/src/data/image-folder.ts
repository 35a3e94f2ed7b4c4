import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { LabelSource } from "../contract/index.ts";
import { readClassList } from "./class-list.ts";
import { IMAGE_EXTENSIONS, indexFiles, MASK_EXTENSIONS } from "./file-index.ts";
import { Findings } from "./findings.ts";
import { maskFile } from "./mask-file.ts";
import { readLabelTable } from "./label-table.ts";
import type { RawDataset, ReadOptions } from "./raw-dataset.ts";
import { classesOfTable, resolveTable } from "./resolve-labels.ts";
import type { ResolvedLabels } from "./resolve-labels.ts";
import { hashedSplit, splitOfFolder } from "./splits.ts";

const MASK_FOLDERS = ["masks", "SegmentationClass"];

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false;

async function firstFolder(root: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) if (await isFolder(join(root, name))) return name;
  return null;
}

/** Split column, else folders named train, val, test, else drawn by id. */
function splitsOf(
  ids: readonly string[],
  labels: ReadonlyMap<string, ResolvedLabels>,
  findings: Findings,
): Map<string, string> {
  const written = ids.filter((id) => (labels.get(id)?.split ?? null) !== null);
  const byFolder = new Map(ids.map((id) => [id, splitOfFolder(id.split("/")[0]!)]));
  const foldersSay = ids.length > 0 && ids.every((id) => byFolder.get(id) !== null);
  if (written.length === 0 && !foldersSay) {
    findings.add("info", "split-made", "no splits are given: 20 % of the images, by id, are val");
    return hashedSplit(ids);
  }
  if (written.length > 0 && written.length < ids.length) {
    const message = `${ids.length - written.length} images have no split and go to train`;
    findings.add("warning", "no-split", message);
  }
  return new Map(ids.map((id) => [id, labels.get(id)?.split ?? byFolder.get(id) ?? "train"]));
}

/**
 * A folder of images (in `images/` or right here) with labels.csv or labels.json, optional masks in
 * `masks/` under the same names, optional classes.txt.
 */
export async function readImageFolder(
  path: string,
  { labelSource: wanted, splits: chosen }: ReadOptions = {},
): Promise<RawDataset> {
  const findings = new Findings();
  const walk = { root: path, findings };
  const imageFolder = join(path, (await firstFolder(path, ["images", "JPEGImages"])) ?? "");
  const maskFolder = await firstFolder(path, MASK_FOLDERS);
  const images = await indexFiles(imageFolder, { ...walk, extensions: IMAGE_EXTENSIONS });
  const masks =
    maskFolder === null
      ? new Map<string, string>()
      : await indexFiles(join(path, maskFolder), { ...walk, extensions: MASK_EXTENSIONS });
  if (imageFolder === join(path, "") && maskFolder !== null) {
    for (const id of images.keys()) if (id.startsWith(`${maskFolder}/`)) images.delete(id);
  }
  for (const [id, file] of masks) {
    if (!images.has(id)) {
      findings.add("warning", "missing-pair", "the mask has no image and is left out", { file });
    }
  }

  const listed = await readClassList(path, findings);
  const table =
    wanted === "masks"
      ? null
      : await readLabelTable(path, { source: wanted, known: listed ?? [], findings });
  const labelSource: LabelSource = table?.source ?? "masks";
  if ((wanted ?? labelSource) !== labelSource || (table === null && masks.size === 0)) {
    const message = `expected image-level labels${wanted === undefined ? "" : ` from ${wanted}`}, found none. Add labels.csv with columns id and classes.`;
    findings.add("error", "labels-missing", message, { file: path });
  }
  const classes = listed ?? (table === null ? [] : classesOfTable(table));
  if (classes.length === 0) {
    const message = "there are no class names. Add classes.txt, one name a line.";
    findings.add("error", "class-count", message, { file: path });
  }
  const labels = table === null ? new Map() : resolveTable(table, classes, images, findings);

  const assigned = splitsOf([...images.keys()], labels, findings);
  const entries = [...images].map(([id, file]) => {
    const maskPath = masks.get(id);
    if (table !== null && !labels.has(id)) {
      const message = `"${id}" has no entry among the labels; it counts as holding no class`;
      findings.add("warning", "no-label", message, { file });
    }
    return {
      id,
      split: assigned.get(id)!,
      file,
      labels: table === null ? null : (labels.get(id)?.labels ?? []),
      mask: maskPath === undefined ? null : maskFile(maskPath),
    };
  });
  return {
    root: path,
    format: "image-folder",
    labelSource,
    classes,
    images: entries.filter(({ split }) => chosen === undefined || chosen.includes(split)),
    findings,
  };
}
