import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { IMPORT_PREVIEW_FILE, importPreviewKey, type ImportPreview } from "@seedmask/core/contract";
import type { DatasetPreview } from "@seedmask/core/pipeline";

/** For how long the samples of a check can be looked at. */
const KEPT_MILLISECONDS = 24 * 3600 * 1000;

async function sweep(previews: string): Promise<void> {
  for (const name of await readdir(previews).catch(() => [])) {
    const path = join(previews, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > KEPT_MILLISECONDS) await rm(path, { recursive: true, force: true });
  }
}

/** Puts the samples of a check where the dashboard finds them, and those of old checks away. */
export async function keepPreview(
  home: string,
  importId: string,
  { format, labelSource, classes, samples }: DatasetPreview,
): Promise<void> {
  await sweep(join(home, importPreviewKey("", "")));
  const file = (name: string): string => join(home, importPreviewKey(importId, name));
  await mkdir(file(""), { recursive: true });
  const listed: ImportPreview["samples"] = [];
  for (const [index, { id, split, labels, width, height, image, mask }] of samples.entries()) {
    const names = { image: `${index}.webp`, mask: mask === null ? null : `${index}.png` };
    await writeFile(file(names.image), image);
    if (mask !== null) await writeFile(file(`${index}.png`), mask);
    listed.push({ id, split, labels: [...labels], width, height, ...names });
  }
  const preview: ImportPreview = { format, labelSource, classes: [...classes], samples: listed };
  await writeFile(file(IMPORT_PREVIEW_FILE), JSON.stringify(preview));
}
