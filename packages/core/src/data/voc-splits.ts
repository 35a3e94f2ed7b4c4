import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Findings } from "./findings.ts";
import { imageId } from "./file-index.ts";
import { hashedSplit } from "./splits.ts";
import { linesOf, readTextIfThere } from "./text-file.ts";

const USUAL_SPLITS = ["train", "val", "test"];

const precedence = (name: string): number => {
  const index = USUAL_SPLITS.indexOf(name);
  return index < 0 ? USUAL_SPLITS.length : index;
};

async function listNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch(() => []);
  return entries
    .filter((name) => name.endsWith(".txt"))
    .map((name) => name.slice(0, -".txt".length))
    .toSorted((a, b) => precedence(a) - precedence(b) || (a < b ? -1 : 1));
}

/**
 * Split of each image from `ImageSets/Segmentation/*.txt`. An image in several lists belongs to the
 * first of train, val, test, then the rest by name; lists that only repeat others (trainval) vanish.
 */
export async function readVocSplits(
  root: string,
  images: ReadonlyMap<string, string>,
  { splits, findings }: { splits?: readonly string[]; findings: Findings },
): Promise<Map<string, string>> {
  const folder = join(root, "ImageSets", "Segmentation");
  const lists = splits ?? (await listNames(folder));
  const assigned = new Map<string, string>();
  for (const list of lists) {
    const file = join(folder, `${list}.txt`);
    const text = /^[\w.-]+$/.test(list) ? await readTextIfThere(file) : null;
    if (text === null) {
      findings.add("error", "missing-split", `there is no split list "${list}"`, { file });
      continue;
    }
    let repeated = 0;
    const seen = new Set<string>();
    const lines = linesOf(text);
    for (const { text: written, line } of lines) {
      const id = imageId(written);
      const place = { file, line };
      const earlier = assigned.get(id);
      if (!images.has(id)) {
        const message = `no image has the id "${id}". Add the image or remove the line.`;
        findings.add("error", "unknown-id", message, place);
      } else if (seen.has(id)) {
        findings.add("error", "duplicate-id", `"${id}" is listed twice. Remove one line.`, place);
      } else if (earlier === undefined) assigned.set(id, list);
      else {
        repeated += 1;
        if (USUAL_SPLITS.includes(list)) {
          findings.add("warning", "leak", `"${id}" is also in ${earlier}; it stays there`, place);
        }
      }
      seen.add(id);
    }
    if (repeated > 0 && !USUAL_SPLITS.includes(list)) {
      const message = `${repeated} of ${lines.length} images are in an earlier list and stay there`;
      findings.add("info", "split-overlap", message, { file });
    }
  }
  if (lists.length > 0) return assigned;
  findings.add("info", "split-made", "no split lists: 20 % of the images, by id, are val");
  return hashedSplit([...images.keys()]);
}
