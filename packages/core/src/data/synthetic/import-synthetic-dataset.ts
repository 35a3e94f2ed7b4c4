import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatasetManifest } from "../../contract/index.ts";
import { datasetKey } from "../../contract/index.ts";
import { readManifest } from "../dataset.ts";
import { importDataset } from "../import-dataset.ts";
import type { WorkOptions } from "../inspect-dataset.ts";
import { makeSyntheticDataset } from "./make-synthetic-dataset.ts";

/** Raised when the scenes change, so that an older import is not taken for them. */
const GENERATOR_VERSION = 1;

export interface ImportSyntheticOptions extends WorkOptions {
  readonly home: string;
  readonly seed?: number;
  readonly images?: number;
  /** Pixels, both sides. */
  readonly size?: number;
}

async function findByName(home: string, name: string): Promise<DatasetManifest | null> {
  const datasets = join(home, datasetKey("", ""));
  const hashes = (await readdir(datasets).catch(() => [])).filter(
    (entry) => !entry.startsWith("."),
  );
  for (const hash of hashes) {
    const manifest = await readManifest(join(datasets, hash));
    if (manifest.format === "synthetic" && manifest.name === name) return manifest;
  }
  return null;
}

/** Draws the built-in dataset and imports it as any other; an earlier import with equal options is taken. */
export async function importSyntheticDataset({
  home,
  seed = 1,
  images = 400,
  size = 96,
  ...work
}: ImportSyntheticOptions): Promise<{ manifest: DatasetManifest; alreadyThere: boolean }> {
  const name = `knitwear v${GENERATOR_VERSION} (${images} × ${size} px, seed ${seed})`;
  const earlier = await findByName(home, name);
  if (earlier !== null) return { manifest: earlier, alreadyThere: true };
  const folder = await mkdtemp(join(tmpdir(), "seedmask-scenes-"));
  try {
    await makeSyntheticDataset({ to: folder, seed, images, size });
    return await importDataset(folder, { ...work, home, name, recordedFormat: "synthetic" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
