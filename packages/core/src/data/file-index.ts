import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { Findings } from "./findings.ts";

export const IMAGE_EXTENSIONS: ReadonlySet<string> = new Set([
  ".jpg",
  ".jpeg",
  ".png",
  ".webp",
  ".tif",
  ".tiff",
  ".gif",
  ".avif",
]);
/** Lists, labels and notes lie among images in some layouts; they are no strays. */
const TEXT_EXTENSIONS = new Set([".csv", ".json", ".txt", ".xml", ".md", ".yaml", ".yml"]);
export const MASK_EXTENSIONS: ReadonlySet<string> = new Set([".png"]);

/**
 * Name of an image in a dataset: path without extension, forward slashes, composed Unicode, so that
 * a list written on one system finds the files of another.
 */
export function imageId(path: string): string {
  const extension = extname(path);
  const known = IMAGE_EXTENSIONS.has(extension.toLowerCase());
  return (known ? path.slice(0, -extension.length) : path).replaceAll(sep, "/").normalize("NFC");
}

interface Walk {
  /** Real path of the dataset: nothing outside it is read. */
  readonly root: string;
  readonly extensions: ReadonlySet<string>;
  readonly findings: Findings;
}

async function staysInside(path: string, { root, findings }: Walk): Promise<boolean> {
  const target = await realpath(path).catch(() => null);
  if (target !== null && (target === root || target.startsWith(root + sep))) return true;
  const problem = target === null ? "leads nowhere" : "leads out of the dataset's folder";
  findings.add("error", "symlink", `the link ${problem}. Copy the files in its place.`, {
    file: path,
  });
  return false;
}

async function* walkFiles(folder: string, walk: Walk): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isSymbolicLink()) {
      if (!(await staysInside(path, walk))) continue;
      // Links to folders could form a cycle.
      if ((await stat(path)).isFile()) yield path;
    } else if (entry.isDirectory()) {
      yield* walkFiles(path, walk);
    } else if (entry.isFile()) {
      yield path;
    }
  }
}

/**
 * Files under `folder` by image id. Everything an importer opens comes from such an index, so no
 * name in a user's list can lead out of the dataset.
 */
export async function indexFiles(folder: string, walk: Walk): Promise<Map<string, string>> {
  const { root, extensions, findings } = walk;
  const files = new Map<string, string>();
  const start = await stat(folder).catch(() => null);
  if (start === null || !start.isDirectory() || !(await staysInside(folder, walk))) return files;
  for await (const path of walkFiles(folder, walk)) {
    const name = relative(folder, path);
    const extension = extname(name).toLowerCase();
    if (TEXT_EXTENSIONS.has(extension)) continue;
    if (!extensions.has(extension)) {
      findings.add("info", "ignored-file", "neither an image nor a list; left out", { file: path });
      continue;
    }
    const id = imageId(name);
    const other = files.get(id);
    if (other !== undefined) {
      const message = `two files with the id "${id}": also ${relative(root, other)}. Rename one.`;
      findings.add("error", "duplicate-id", message, { file: path });
      continue;
    }
    files.set(id, path);
  }
  return files;
}
