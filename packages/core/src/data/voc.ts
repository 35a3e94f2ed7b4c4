import { join } from "node:path";
import { VOC_CLASS_NAMES } from "../contract/index.ts";
import type { LabelSource } from "../contract/index.ts";
import { readClassList } from "./class-list.ts";
import { IMAGE_EXTENSIONS, indexFiles, MASK_EXTENSIONS } from "./file-index.ts";
import { Findings } from "./findings.ts";
import { maskFile } from "./mask-file.ts";
import { readLabelTable } from "./label-table.ts";
import type { LabelTable } from "./label-table.ts";
import { mapBounded } from "./map-bounded.ts";
import type { RawDataset, RawImage, ReadOptions } from "./raw-dataset.ts";
import { classesOfTable, indicesOf, resolveTable } from "./resolve-labels.ts";
import { objectNames } from "./voc-annotation.ts";
import { readVocSplits } from "./voc-splits.ts";
import { readTextIfThere } from "./text-file.ts";

const ANNOTATIONS_AT_ONCE = 8;

/** Label table made of the XML annotations of the listed images. */
async function readAnnotations(
  root: string,
  ids: Iterable<string>,
  findings: Findings,
): Promise<LabelTable> {
  const folder = join(root, "Annotations");
  const read = async (id: string) => {
    const file = join(folder, `${id}.xml`);
    const text = await readTextIfThere(file);
    if (text === null) return null;
    try {
      return { id, classes: objectNames(text), split: null, line: null };
    } catch {
      const message = "expected a VOC annotation, got XML that cannot be read. Repair the file.";
      findings.add("error", "labels-unreadable", message, { file });
      return null;
    }
  };
  const rows = [];
  for await (const row of mapBounded(ids, ANNOTATIONS_AT_ONCE, read)) {
    if (row !== null) rows.push(row);
  }
  return { file: folder, source: "voc-xml", rows };
}

function vocClasses(table: LabelTable | null): readonly string[] {
  const named = table === null ? [] : classesOfTable(table);
  const known: readonly string[] = VOC_CLASS_NAMES;
  return named.every((name) => known.includes(name)) ? known : named;
}

/**
 * PASCAL VOC layout: `JPEGImages`, `SegmentationClass`, `ImageSets/Segmentation`. Image-level labels
 * come from `Annotations`, else from labels.csv or labels.json, else from the masks.
 */
export async function readVoc(path: string, options: ReadOptions = {}): Promise<RawDataset> {
  const findings = new Findings();
  const walk = { root: path, findings };
  const images = await indexFiles(join(path, "JPEGImages"), {
    ...walk,
    extensions: IMAGE_EXTENSIONS,
  });
  const masks = await indexFiles(join(path, "SegmentationClass"), {
    ...walk,
    extensions: MASK_EXTENSIONS,
  });
  const listed = await readClassList(path, findings);
  const splits = await readVocSplits(path, images, { splits: options.splits, findings });

  const { labelSource: wanted } = options;
  const annotations =
    wanted === undefined || wanted === "voc-xml"
      ? await readAnnotations(path, splits.keys(), findings)
      : null;
  let table = annotations !== null && annotations.rows.length > 0 ? annotations : null;
  if (table === null && wanted !== "masks" && wanted !== "voc-xml") {
    table = await readLabelTable(path, {
      source: wanted,
      known: listed ?? VOC_CLASS_NAMES,
      findings,
    });
  }
  const labelSource: LabelSource = table?.source ?? "masks";
  if (wanted !== undefined && wanted !== labelSource) {
    findings.add("error", "labels-missing", `expected labels from ${wanted}, found none`);
  }
  const classes = listed ?? vocClasses(table);
  const resolved = table === null ? null : resolveLabels(table, classes, images, findings);

  const entries: RawImage[] = [];
  for (const [id, split] of splits) {
    const maskPath = masks.get(id);
    const labels = resolved?.get(id)?.labels;
    if (resolved !== null && labels === undefined) {
      const message = `"${id}" has no entry among the labels; it counts as holding no class`;
      findings.add("warning", "no-label", message, { file: images.get(id)! });
    }
    entries.push({
      id,
      split,
      file: images.get(id)!,
      labels: resolved === null ? null : (labels ?? []),
      mask: maskPath === undefined ? null : maskFile(maskPath),
    });
  }
  reportStrays(images, masks, splits, findings);
  return { root: path, format: "voc", labelSource, classes, images: entries, findings };
}

/** Annotations name their own file per row; tables have lines. */
function resolveLabels(
  table: LabelTable,
  classes: readonly string[],
  images: ReadonlyMap<string, string>,
  findings: Findings,
) {
  if (table.source !== "voc-xml") return resolveTable(table, classes, images, findings);
  return new Map(
    table.rows.map(({ id, classes: names }) => {
      const place = { file: join(table.file, `${id}.xml`), line: null };
      return [id, { labels: indicesOf(names, classes, findings, place), split: null }];
    }),
  );
}

function reportStrays(
  images: ReadonlyMap<string, string>,
  masks: ReadonlyMap<string, string>,
  splits: ReadonlyMap<string, string>,
  findings: Findings,
): void {
  const unlisted = images.size - splits.size;
  if (unlisted > 0) {
    const message = `${unlisted} images are in no split list and are left out`;
    findings.add("info", "unlisted-images", message);
  }
  for (const [id, file] of masks) {
    if (!images.has(id)) {
      findings.add("warning", "missing-pair", "the mask has no image and is left out", { file });
    }
  }
}
