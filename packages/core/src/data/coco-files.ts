import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { splitOfFolder } from "./splits.ts";

export type CocoKind = "instances" | "panoptic";

/** An annotation file of a COCO dataset. */
export interface CocoFile {
  readonly file: string;
  readonly kind: CocoKind;
  /** Named by the file or its folder; null where neither says. */
  readonly split: string | null;
}

const OTHER_TASKS = /^(captions|person_keypoints|stuff|image_info)_/;
/** Files whose name does not tell are opened only up to this size. */
const SNIFFED_BYTES = 64e6;

async function kindByContent(file: string): Promise<CocoKind | null> {
  if ((await stat(file)).size > SNIFFED_BYTES) return null;
  try {
    const content: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof content !== "object" || content === null) return null;
    if (!("images" in content && "annotations" in content && "categories" in content)) return null;
    const annotations: unknown[] = Array.isArray(content.annotations) ? content.annotations : [];
    const [first] = annotations;
    const segments = typeof first === "object" && first !== null && "segments_info" in first;
    return segments ? "panoptic" : "instances";
  } catch {
    // Not ours to report: a labels.json is read, and complained about, by its own importer.
    return null;
  }
}

async function describeFile(folder: string, name: string): Promise<CocoFile | null> {
  const stem = name.slice(0, -".json".length).toLowerCase();
  if (OTHER_TASKS.test(stem)) return null;
  const file = join(folder, name);
  const byName = (["panoptic", "instances"] as const).find((kind) => stem.startsWith(kind));
  const kind = byName ?? (await kindByContent(file));
  if (kind === null) return null;
  const rest = stem.replace(/^(panoptic|instances)_?/, "");
  const folderName = folder.split("/").at(-1) ?? "";
  return { file, kind, split: splitOfFolder(rest) ?? splitOfFolder(folderName) };
}

const entriesOf = (folder: string) => readdir(folder, { withFileTypes: true }).catch(() => []);

/** Annotation files in the folder itself, in `annotations`, and one folder down (train/…, val/…). */
export async function findCocoFiles(root: string): Promise<CocoFile[]> {
  const top = await entriesOf(root);
  const folders = top.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name));
  const found: CocoFile[] = [];
  for (const folder of [root, ...folders.toSorted()]) {
    const names = (await entriesOf(folder)).filter((entry) => entry.isFile());
    for (const { name } of names.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const described = name.endsWith(".json") ? await describeFile(folder, name) : null;
      if (described !== null) found.push(described);
    }
  }
  return found;
}
