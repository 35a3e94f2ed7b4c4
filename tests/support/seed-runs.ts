import { appendFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FINAL_RUN_STATUSES, RECIPES, type RunConfig } from "@seedmask/core/contract";
import { importDataset, makeSyntheticDataset } from "@seedmask/core/pipeline";
import { createRun, type Database, getRun, recordDatasetVersion, SYSTEM_ACTOR } from "@seedmask/db";

const IMAGES = 24;

/** The demo recipe with the least work in each stage: its masks are poor, its paths are all taken. */
export function tinyConfig(): RunConfig {
  const recipe = RECIPES.find(({ name }) => name === "demo-tiny");
  if (recipe === undefined) throw new Error("tests: recipe demo-tiny is gone.");
  const { config } = recipe;
  return {
    ...config,
    classifier: { ...config.classifier, epochs: 1, batchSize: 8, cropSize: 64 },
    segmenter: { ...config.segmenter, epochs: 1, batchSize: 8, cropSize: 64 },
  };
}

/** Scenes in VOC layout, as a user would have them on disk; imported and recorded as well. */
export async function seedDataset(db: Database, home: string): Promise<{ hash: string }> {
  const source = join(home, "work", "scenes");
  await makeSyntheticDataset({ to: source, seed: 7, images: IMAGES });
  const { manifest, report } = await importDataset(source, { home, name: "e2e-scenes" });
  await recordDatasetVersion(db, { manifest, report, actor: SYSTEM_ACTOR });
  return { hash: manifest.hash };
}

/** A folder that can be imported, and one whose list names an image that is not there. */
export async function seedImportFolders(home: string): Promise<{ good: string; broken: string }> {
  const good = join(home, "work", "more-scenes");
  await makeSyntheticDataset({ to: good, seed: 8, images: IMAGES });
  const broken = join(home, "work", "broken-scenes");
  await cp(good, broken, { recursive: true });
  const list = join(broken, "ImageSets", "Segmentation", "train.txt");
  await appendFile(list, "no-such-image\n");
  return { good, broken };
}

/** Launches a tiny run and waits until it has succeeded. */
export async function seedFinishedRun(db: Database, dataset: string): Promise<string> {
  const [run] = await createRun(db, {
    actor: SYSTEM_ACTOR,
    config: tinyConfig(),
    dataset,
    codeVersion: "e2e",
    recipe: null,
    title: "Finished run",
  });
  if (run === undefined) throw new Error("tests: createRun gave no run.");
  for (;;) {
    const { status, error } = await getRun(db, run.id);
    if (status === "succeeded") return run.id;
    if (FINAL_RUN_STATUSES.includes(status)) {
      throw new Error(`tests: the seeded run ${status}: ${JSON.stringify(error)}`);
    }
    await sleep(250);
  }
}
