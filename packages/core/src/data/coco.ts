import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { z } from "zod";
import { labelOfClass, classIndex } from "../contract/index.ts";
import { checkClassCount } from "./class-list.ts";
import { findCocoFiles } from "./coco-files.ts";
import type { CocoFile, CocoKind } from "./coco-files.ts";
import { instanceMask, panopticMask } from "./coco-masks.ts";
import { instancesSchema, panopticSchema } from "./coco-schema.ts";
import type { CocoInstance, CocoInstances, CocoPanoptic } from "./coco-schema.ts";
import { IMAGE_EXTENSIONS, imageId, indexFiles } from "./file-index.ts";
import { Findings } from "./findings.ts";
import type { RawDataset, RawImage, RawMask, ReadOptions } from "./raw-dataset.ts";
import { hashedSplit } from "./splits.ts";

/** Labels and mask of one image, however its file says them. */
interface Described {
  readonly categories: readonly number[];
  readonly mask: RawMask | null;
}

async function parseJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  findings: Findings,
): Promise<z.infer<Schema> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const problem = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    const reason =
      problem === undefined ? String(cause) : `${problem.path.join(".")}: ${problem.message}`;
    findings.add("error", "labels-unreadable", `not a COCO file: ${reason}`, { file });
    return null;
  }
}

/** Files of the dataset by relative path, and by name where that is unique: file_name may be either. */
function fileFinder(files: ReadonlyMap<string, string>) {
  const byName = new Map<string, string | null>();
  for (const [id, path] of files) {
    const name = id.split("/").at(-1)!;
    byName.set(name, byName.has(name) ? null : path);
  }
  return (fileName: string, folders: readonly string[]): string | null => {
    const id = imageId(fileName);
    for (const folder of ["", ...folders]) {
      const path = files.get(folder === "" ? id : `${folder}/${id}`);
      if (path !== undefined) return path;
    }
    return byName.get(id.split("/").at(-1)!) ?? null;
  };
}
type FindFile = ReturnType<typeof fileFinder>;

/** Class order is the order of category ids; a file that names an id otherwise is an error. */
function mergeCategories(
  parsed: readonly { file: string; categories: readonly { id: number; name: string }[] }[],
  findings: Findings,
): { classes: string[]; classOf: Map<number, number> } {
  const names = new Map<number, string>();
  for (const { file, categories } of parsed) {
    for (const { id, name } of categories) {
      const other = names.get(id);
      const taken = [...names].some(([otherId, otherName]) => otherName === name && otherId !== id);
      if ((other !== undefined && other !== name) || taken) {
        const message = `category ${id} "${name}" disagrees with another entry. Use one id per name in all files.`;
        findings.add("error", "duplicate-class", message, { file });
      }
      names.set(id, name);
    }
  }
  const sorted = [...names].toSorted(([a], [b]) => a - b);
  return {
    classes: sorted.map(([, name]) => name),
    classOf: new Map(sorted.map(([id], index) => [id, index])),
  };
}

function describeInstances(content: CocoInstances, file: string, labelOf: (id: number) => number) {
  const byImage = new Map<string, CocoInstance[]>();
  for (const annotation of content.annotations) {
    const key = String(annotation.image_id);
    byImage.set(key, [...(byImage.get(key) ?? []), annotation]);
  }
  return (imageKey: string): Described => {
    const instances = byImage.get(imageKey) ?? [];
    const drawn = instances.every(({ segmentation }) => segmentation !== undefined);
    return {
      categories: instances.map(({ category_id: category }) => category),
      mask: drawn ? instanceMask(instances, { file, labelOf }) : null,
    };
  };
}

function describePanoptic(
  content: CocoPanoptic,
  {
    file,
    labelOf,
    find,
    findings,
  }: {
    file: string;
    labelOf: (id: number) => number;
    find: FindFile;
    findings: Findings;
  },
) {
  const byImage = new Map(content.annotations.map((entry) => [String(entry.image_id), entry]));
  const folder = imageId(basename(file)).replace(/\.json$/, "");
  return (imageKey: string): Described => {
    const entry = byImage.get(imageKey);
    if (entry === undefined) return { categories: [], mask: null };
    const png = find(entry.file_name, [`annotations/${folder}`, folder]);
    if (png === null) {
      const message = `the panoptic PNG "${entry.file_name}" is not in the dataset's folder`;
      findings.add("error", "missing-pair", message, { file });
    }
    return {
      categories: entry.segments_info.map(({ category_id: category }) => category),
      mask: png === null ? null : panopticMask(png, entry.segments_info, labelOf),
    };
  };
}

type Parsed = Omit<CocoFile, "kind"> &
  (
    | { readonly kind: "instances"; readonly content: CocoInstances }
    | { readonly kind: "panoptic"; readonly content: CocoPanoptic }
  );

async function parseFiles(root: string, kind: CocoKind, findings: Findings): Promise<Parsed[]> {
  const parsed: Parsed[] = [];
  for (const found of await findCocoFiles(root)) {
    const { file, split } = found;
    if (found.kind !== kind) continue;
    if (kind === "instances") {
      const content = await parseJson(file, instancesSchema, findings);
      if (content !== null) parsed.push({ file, split, kind, content });
    } else {
      const content = await parseJson(file, panopticSchema, findings);
      if (content !== null) parsed.push({ file, split, kind, content });
    }
  }
  return parsed;
}

/** COCO: one JSON a split, categories with arbitrary ids, instances or panoptic segments. */
export async function readCoco(
  root: string,
  kind: CocoKind,
  { splits }: ReadOptions = {},
): Promise<RawDataset> {
  const findings = new Findings();
  const parsed = await parseFiles(root, kind, findings);
  const files = await indexFiles(root, { root, findings, extensions: IMAGE_EXTENSIONS });
  const find = fileFinder(files);
  const { classes, classOf } = mergeCategories(
    parsed.map(({ file, content }) => ({ file, categories: content.categories })),
    findings,
  );
  checkClassCount(classes, parsed[0]?.file ?? root, findings);
  const labelOf = (category: number): number => {
    const index = classOf.get(category);
    return index === undefined ? 0 : labelOfClass(classIndex(index));
  };

  const images = new Map<string, RawImage>();
  for (const entry of parsed) {
    const { file, split, content } = entry;
    const describe =
      entry.kind === "panoptic"
        ? describePanoptic(entry.content, { file, labelOf, find, findings })
        : describeInstances(entry.content, file, labelOf);
    const folders = [
      split ?? "",
      dirname(file).slice(root.length + 1),
      `images/${split ?? ""}`,
      "images",
    ];
    for (const { id: number, file_name: fileName } of content.images) {
      const path = find(fileName, folders);
      if (path === null) {
        const message = `image "${fileName}" is not in the dataset's folder. Add it or remove its entry.`;
        findings.add("error", "missing-image", message, { file });
        continue;
      }
      const id = imageId(basename(fileName));
      if (images.has(id)) {
        findings.add("error", "duplicate-id", `two images with the id "${id}". Rename one.`, {
          file,
        });
        continue;
      }
      const { categories, mask } = describe(String(number));
      for (const category of categories) {
        if (classOf.has(category)) continue;
        const message = `image "${fileName}" uses category ${category}, which is not listed`;
        findings.add("error", "unknown-class", message, { file });
      }
      const indices = categories.flatMap((category) => classOf.get(category) ?? []);
      const labels = [...new Set(indices)].toSorted((a, b) => a - b);
      images.set(id, { id, split: split ?? "", file: path, labels, mask });
    }
  }
  return {
    root,
    format: kind === "instances" ? "coco-instances" : "coco-panoptic",
    labelSource: "coco-json",
    classes,
    images: withSplits([...images.values()], findings).filter(
      ({ split }) => splits === undefined || splits.includes(split),
    ),
    findings,
  };
}

function withSplits(images: readonly RawImage[], findings: Findings): RawImage[] {
  const open = images.filter(({ split }) => split === "");
  if (open.length === 0) return [...images];
  findings.add(
    "info",
    "split-made",
    "no file name says a split: 20 % of the images, by id, are val",
  );
  const drawn = hashedSplit(open.map(({ id }) => id));
  return images.map((image) => ({ ...image, split: image.split || drawn.get(image.id)! }));
}
