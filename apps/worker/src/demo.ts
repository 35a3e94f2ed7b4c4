import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { RECIPES } from "@seedmask/core/contract";
import { importDataset, makeSyntheticDataset } from "@seedmask/core/pipeline";
import {
  createRun,
  type Database,
  listDatasets,
  listRuns,
  recordDatasetVersion,
  SYSTEM_ACTOR,
} from "@seedmask/db";
import { codeVersion } from "./code-version.ts";

export const DEMO_DATASET = "demo-scenes";
const DEMO_TAG = "demo";
const DEMO_SEED = 1;

export interface DemoDataset {
  readonly hash: string;
  readonly created: boolean;
}

/** The built-in dataset in database and data home; made the first time only. */
export async function ensureDemoDataset({
  db,
  home,
}: {
  db: Database;
  home: string;
}): Promise<DemoDataset> {
  const known = (await listDatasets(db)).find(({ name }) => name === DEMO_DATASET);
  if (known) return { hash: known.hash, created: false };
  const work = join(home, "work");
  await mkdir(work, { recursive: true });
  const folder = await mkdtemp(join(work, "demo-"));
  try {
    await makeSyntheticDataset({ to: folder, seed: DEMO_SEED });
    const { manifest, report } = await importDataset(folder, {
      home,
      name: DEMO_DATASET,
      recordedFormat: "synthetic",
    });
    const { hash, created } = await recordDatasetVersion(db, {
      actor: SYSTEM_ACTOR,
      manifest,
      report,
    });
    return { hash, created };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface DemoRun {
  readonly id: string;
  readonly name: string;
  readonly created: boolean;
}

/** The demo run: launched at the first start, found again at every later one. */
export async function launchDemoRun({
  db,
  dataset,
  recipe = "demo-tiny",
}: {
  db: Database;
  /** Hash of the dataset version. */
  dataset: string;
  recipe?: string;
}): Promise<DemoRun> {
  const filter = { tags: { all: [DEMO_TAG] }, dataset: [dataset] };
  const { rows } = await listRuns(db, { filter, limit: 1 });
  const [earlier] = rows;
  if (earlier) return { id: earlier.id, name: earlier.name, created: false };
  const { name, version, config, title } = RECIPES.find((each) => each.name === recipe)!;
  const [run] = await createRun(db, {
    actor: SYSTEM_ACTOR,
    config,
    dataset,
    recipe: { name, version },
    title,
    tags: [DEMO_TAG],
    codeVersion: codeVersion(),
  });
  return { ...run!, created: true };
}
