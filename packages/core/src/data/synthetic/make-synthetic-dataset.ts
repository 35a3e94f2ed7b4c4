import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "fast-png";
import { createRandom } from "../../tensor/random.ts";
import { encodeLabels } from "../label-file.ts";
import { ANIMALS } from "./animals.ts";
import { composeScene } from "./compose-scene.ts";

export interface SyntheticOptions {
  /** Folder to write; made where it is not there. */
  readonly to: string;
  readonly seed: number;
  readonly images?: number;
  /** Pixels, both sides. */
  readonly size?: number;
  /** Share of the images in split val. */
  readonly validationShare?: number;
}

export const SYNTHETIC_CLASSES: readonly string[] = ANIMALS.map(({ name }) => name);

/**
 * Writes the built-in dataset in VOC layout: scenes with exact masks and image-level labels, in
 * which each class is told by a small head while the large body is the same for all, and empty
 * bodies lie about as background. Equal options give equal bytes.
 */
export async function makeSyntheticDataset({
  to,
  seed,
  images = 400,
  size = 96,
  validationShare = 0.25,
}: SyntheticOptions): Promise<void> {
  const folders = ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"];
  for (const folder of folders) await mkdir(join(to, folder), { recursive: true });
  const random = createRandom(seed);
  const validation = Math.round(images * validationShare);
  const lists = { train: [] as string[], val: [] as string[] };
  const labels = ["id,width,height,classes"];
  for (let i = 0; i < images; i += 1) {
    const id = `scene-${String(i + 1).padStart(4, "0")}`;
    const scene = composeScene(size, i % ANIMALS.length, random.fork(id));
    await writeFile(join(to, "JPEGImages", `${id}.png`), encode({ ...scene.image, channels: 3 }));
    await writeFile(join(to, "SegmentationClass", `${id}.png`), encodeLabels(scene.mask));
    const names = scene.classes.map((index) => SYNTHETIC_CLASSES[index]);
    labels.push(`${id},${size},${size},${names.join(";")}`);
    lists[i < images - validation ? "train" : "val"].push(id);
  }
  await writeFile(join(to, "labels.csv"), `${labels.join("\r\n")}\r\n`);
  await writeFile(join(to, "classes.txt"), `${SYNTHETIC_CLASSES.join("\n")}\n`);
  for (const [split, ids] of Object.entries(lists)) {
    const text = ids.map((id) => `${id}\n`).join("");
    await writeFile(join(to, "ImageSets", "Segmentation", `${split}.txt`), text);
  }
}
