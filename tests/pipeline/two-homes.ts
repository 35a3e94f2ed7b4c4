import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importDataset, makeSyntheticDataset } from "@seedmask/core/pipeline";
import { killChildren } from "./stage-in-child.ts";

export interface TwoHomes {
  /** Nothing happens to this data home. */
  readonly calm: string;
  /** Stages are killed in this one. */
  readonly harsh: string;
  /** Hash of the same 16 scenes in both. */
  readonly dataset: string;
  readonly remove: () => Promise<void>;
}

/** Two data homes with one small dataset, to compare a resumed life with an undisturbed one. */
export async function twoHomes(): Promise<TwoHomes> {
  const root = await mkdtemp(join(tmpdir(), "seedmask-resume-"));
  const [calm, harsh, scenes] = [join(root, "calm"), join(root, "harsh"), join(root, "scenes")];
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 16, size: 64 });
  const { manifest } = await importDataset(scenes, { home: calm, name: "scenes" });
  await importDataset(scenes, { home: harsh, name: "scenes" });
  const remove = async (): Promise<void> => {
    killChildren();
    await rm(root, { recursive: true, force: true });
  };
  return { calm, harsh, dataset: manifest.hash, remove };
}
