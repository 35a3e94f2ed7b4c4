import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeSyntheticDataset } from "../../data/synthetic/make-synthetic-dataset.ts";
import { type Dataset, datasetRoot, openDataset } from "../../data/dataset.ts";
import { importDataset } from "../../data/import-dataset.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { decodeScores, encodeScores } from "../../data/score-file.ts";
import { type DatasetImage, type ImportedKind, scorePath } from "../../contract/index.ts";
import { createArtifactStore } from "../artifact-store.ts";
import { encodeNpy } from "../npy.ts";
import { importArtifact } from "./import-artifact.ts";
import { listImportedArtifacts } from "./list-imported.ts";

let home: string;
let folder: string;
let dataset: Dataset;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-imports-"));
  const scenes = join(home, "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 6, size: 64 });
  const { manifest } = await importDataset(scenes, { home, name: "scenes" });
  dataset = await openDataset(datasetRoot(home, manifest.hash));
});
afterAll(() => rm(home, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(home, "theirs-"));
});

const take = (kind: ImportedKind, splits?: readonly string[]) =>
  importArtifact({ home, dataset, kind, name: "theirs", folder, ...(splits ? { splits } : {}) });

/** One file an image; `alter` changes that of the first. */
async function writeAll(
  extension: string,
  write: (entry: DatasetImage, first: boolean) => Uint8Array,
): Promise<DatasetImage[]> {
  const { images } = dataset.manifest;
  for (const [at, entry] of images.entries()) {
    await writeFile(join(folder, `${entry.id}${extension}`), write(entry, at === 0));
  }
  return images;
}

const grid = ({ height, width }: DatasetImage) => [height / 8, width / 8] as const;
function npy(entry: DatasetImage, planes: number, value = 0.5): Uint8Array {
  const [height, width] = grid(entry);
  const shape = [planes, height, width];
  return encodeNpy({ shape, data: new Float32Array(planes * height * width).fill(value) });
}
const maps = (entry: DatasetImage, classes: number[] = entry.labels): Uint8Array => {
  const [height, width] = grid(entry);
  const data = new Float32Array(classes.length * height * width);
  return encodeScores("cam", { height, width, classes: Int32Array.from(classes), data });
};
const mask = ({ height, width, labels }: DatasetImage, label = labels[0]! + 1): Uint8Array =>
  encodeLabels({ height, width, data: new Uint8Array(height * width).fill(label) });
const absent = ({ labels }: DatasetImage): number =>
  dataset.manifest.classes.findIndex((_, index) => !labels.includes(index));

async function refused(kind: ImportedKind, message: RegExp): Promise<void> {
  const before = await readdir(join(home, "artifacts")).catch(() => []);
  await expect(take(kind)).rejects.toThrow(message);
  expect(await readdir(join(home, "artifacts")).catch(() => [])).toEqual(before);
  expect(await readdir(join(home, "work")).catch(() => [])).toEqual([]);
}

describe("importArtifact", () => {
  it("takes one map a class of the image, at any stride, and says where they come from", async () => {
    const images = await writeAll(".npy", (entry) => npy(entry, entry.labels.length));
    const { hash, images: count } = await take("seeds");
    expect(count).toBe(images.length);
    const artifact = await createArtifactStore({ home }).open(hash);
    expect(artifact.manifest).toMatchObject({
      kind: "seed-scores",
      meta: { provenance: { source: "imported", name: "theirs" } },
    });
    const [first] = images;
    const path = scorePath(first!.key);
    const { classes, height, width } = decodeScores("cam", await artifact.read(path), path);
    expect([[...classes], height, width]).toEqual([first!.labels, ...grid(first!)]);
    expect(await listImportedArtifacts(home)).toMatchObject([{ hash, kind: "seeds" }]);
  });

  it("takes those of the image's classes out of maps of all classes", async () => {
    await writeAll(".npy", (entry) => npy(entry, dataset.manifest.classes.length));
    const [entry] = dataset.manifest.images;
    const artifact = await createArtifactStore({ home }).open((await take("seeds")).hash);
    const path = scorePath(entry!.key);
    expect(decodeScores("cam", await artifact.read(path), path).data).toHaveLength(
      entry!.labels.length * grid(entry!)[0] * grid(entry!)[1],
    );
  });

  it("takes masks of background, own classes and 255", async () => {
    await writeAll(".png", (entry, first) => mask(entry, first ? 255 : 0));
    await expect(take("pseudo-masks")).resolves.toMatchObject({ leftAside: 0 });
  });

  it("takes one split where the folder covers no other", async () => {
    for (const entry of dataset.split("train")) {
      await writeFile(join(folder, `${entry.key}.png`), mask(entry));
    }
    await writeFile(join(folder, "stranger.png"), mask(dataset.manifest.images[0]!));
    await expect(take("pseudo-masks")).resolves.toMatchObject({
      splits: ["train"],
      leftAside: 1,
    });
    await expect(take("pseudo-masks", ["val"])).rejects.toThrow(/split val, \d+ are missing/u);
  });

  it.each<[string, ImportedKind, string, (entry: DatasetImage) => Uint8Array, RegExp]>([
    ["NaN", "seeds", ".npy", (e) => npy(e, e.labels.length, NaN), /\.npy: .*got NaN/u],
    ["a range", "seeds", ".npy", (e) => npy(e, e.labels.length, 7), /0…1, got 7 to 7/u],
    ["planes", "seeds", ".npy", (e) => npy(e, 9), /expected \d maps .* or 6 .*got 9/u],
    ["no array", "seeds", ".npy", () => new Uint8Array(64), /\.npy: expected a NumPy array/u],
    [
      "a transposed grid",
      "refined-seeds",
      ".npy",
      (e) =>
        encodeNpy({
          shape: [e.labels.length + 1, 2, 9],
          data: new Float32Array((e.labels.length + 1) * 18),
        }),
      /at some stride, or square, got 2×9/u,
    ],
    [
      "a map of a foreign class",
      "seeds",
      ".safetensors",
      (e) => maps(e, [absent(e)]),
      /\.safetensors: expected maps of classes .*, got one of \d \(\w+\)/u,
    ],
    [
      "a class without a map",
      "seeds",
      ".safetensors",
      (e) => maps(e, []),
      /expected one map for each of classes|expected \d maps/u,
    ],
    [
      "a foreign class",
      "pseudo-masks",
      ".png",
      (e) => mask(e, absent(e) + 1),
      /a class the image does not have/u,
    ],
    ["a label out of range", "pseudo-masks", ".png", (e) => mask(e, 77), /77, which is no label/u],
    [
      "another size",
      "pseudo-masks",
      ".png",
      (e) => mask({ ...e, height: 3 }),
      /expected a mask of 64×\d+, the size of image/u,
    ],
  ])("keeps nothing of a folder with %s", async (_, kind, extension, broken, message) => {
    const right = (entry: DatasetImage): Uint8Array => {
      if (kind === "pseudo-masks") return mask(entry);
      return extension === ".npy"
        ? npy(entry, entry.labels.length + (kind === "seeds" ? 0 : 1))
        : maps(entry);
    };
    await writeAll(extension, (entry, first) => (first ? broken(entry) : right(entry)));
    await refused(kind, message);
  });

  it("names what is missing, and a folder without anything", async () => {
    const [, second] = await writeAll(".png", (entry) => mask(entry));
    await rm(join(folder, `${second!.id}.png`));
    await refused("pseudo-masks", new RegExp(`1 are missing: ${second!.id}`, "u"));
    await refused("seeds", /expected \.npy, \.npz, \.safetensors files, found none/u);
    folder = join(folder, "nowhere");
    await refused("seeds", /expected a folder, got none/u);
  });

  it("refuses two files of one image", async () => {
    await mkdir(folder, { recursive: true });
    const [entry] = await writeAll(".npy", (each) => npy(each, each.labels.length));
    await writeFile(join(folder, `${entry!.id}.npz`), "");
    await refused("seeds", /expected one file an image/u);
  });
});
