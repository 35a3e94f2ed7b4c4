import { appendFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FINAL_RUN_STATUSES } from "@seedmask/core/contract";
import { importDataset, makeSyntheticDataset } from "@seedmask/core/pipeline";
import { createRun, type Database, getRun, recordDatasetVersion, SYSTEM_ACTOR } from "@seedmask/db";
import { demoConfig, tinyConfig } from "./run-configs.ts";

const TINY_IMAGES = 24;
const DEMO_IMAGES = 400;

export type RunSize = "tiny" | "demo";

/** Scenes in VOC layout, as a user would have them on disk; imported and recorded as well. */
export async function seedDataset(
  db: Database,
  home: string,
  size: RunSize,
): Promise<{ dataset: string; image: string }> {
  const source = join(home, "work", "scenes");
  const images = size === "demo" ? DEMO_IMAGES : TINY_IMAGES;
  await makeSyntheticDataset({ to: source, seed: 7, images });
  const { manifest, report } = await importDataset(source, { home, name: "scenes" });
  await recordDatasetVersion(db, { manifest, report, actor: SYSTEM_ACTOR });
  const image = manifest.images.find(({ split }) => split === demoConfig().evaluationSplit);
  if (image === undefined) throw new Error("tests: the dataset has no image to evaluate on.");
  return { dataset: manifest.hash, image: image.key };
}

/** A folder that can be imported, and one whose list names an image that is not there. */
export async function seedImportFolders(home: string): Promise<{ good: string; broken: string }> {
  const good = join(home, "work", "more-scenes");
  await makeSyntheticDataset({ to: good, seed: 8, images: TINY_IMAGES });
  const broken = join(home, "work", "broken-scenes");
  await cp(good, broken, { recursive: true });
  const list = join(broken, "ImageSets", "Segmentation", "train.txt");
  await appendFile(list, "no-such-image\n");
  return { good, broken };
}

/** Launches a run and waits until it has succeeded. */
export async function seedFinishedRun(
  db: Database,
  dataset: string,
  size: RunSize,
): Promise<string> {
  const [run] = await createRun(db, {
    actor: SYSTEM_ACTOR,
    config: size === "demo" ? demoConfig() : tinyConfig(),
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
