import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../test/make-folder.ts";
import { halfLabels, halfMask, tinyImage, tinyPng } from "../../test/tiny-images.ts";
import { CancelledError, StorageError } from "../contract/index.ts";
import { openDataset, datasetRoot } from "./dataset.ts";
import { exportDataset } from "./export-dataset.ts";
import { importDataset } from "./import-dataset.ts";
import { asStorageError } from "./storage-failure.ts";

async function vocFiles(): Promise<Record<string, string | Uint8Array>> {
  return {
    "JPEGImages/Käse 1.v2.png": await tinyPng(1),
    "JPEGImages/b.png": await tinyPng(2),
    "SegmentationClass/Käse 1.v2.png": halfMask(2),
    "SegmentationClass/b.png": halfMask(1),
    "ImageSets/Segmentation/train.txt": "Käse 1.v2\r\n",
    "ImageSets/Segmentation/val.txt": "b\n",
    "ImageSets/Segmentation/trainval.txt": "Käse 1.v2\nb\n",
    "labels.csv": "id,width,height,classes\r\nKäse 1.v2,8,6,traffic light\r\nb,8,6,cat\r\n",
    "classes.txt": "background\ncat\ntraffic light\n",
  };
}

describe("importDataset", () => {
  it("keeps any file name, class names with spaces, and each image's split", async () => {
    const home = await makeFolder();
    const { manifest, report } = await importDataset(await makeFolder(await vocFiles()), { home });
    expect(report.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(manifest.classes).toEqual(["cat", "traffic light"]);
    expect(manifest.labelSource).toBe("labels-csv");
    expect(manifest.images.map(({ id, split, labels }) => [id, split, labels])).toEqual([
      ["Käse 1.v2", "train", [1]],
      ["b", "val", [0]],
    ]);
  });

  it("stores pixels and label ids exactly", async () => {
    const home = await makeFolder();
    const { manifest } = await importDataset(await makeFolder(await vocFiles()), { home });
    const dataset = await openDataset(datasetRoot(home, manifest.hash));
    const [entry] = dataset.split("train");
    expect(await dataset.image(entry!)).toEqual({
      ...tinyImage(6, 8, 1),
      data: Buffer.from(tinyImage(6, 8, 1).data),
    });
    expect(await dataset.mask(entry!)).toEqual(halfLabels(2));
    expect(() => dataset.split("test")).toThrow(/got train, val/);
  });

  it("does nothing when equal content is imported again, under whatever name", async () => {
    const home = await makeFolder();
    const first = await importDataset(await makeFolder(await vocFiles()), { home, name: "one" });
    const second = await importDataset(await makeFolder(await vocFiles()), { home, name: "two" });
    expect(first.alreadyThere).toBe(false);
    expect(second.alreadyThere).toBe(true);
    expect(second.manifest).toEqual(first.manifest);
  });

  it("names another version when one label differs", async () => {
    const home = await makeFolder();
    const first = await importDataset(await makeFolder(await vocFiles()), { home });
    const files = { ...(await vocFiles()), "labels.csv": "id,classes\nKäse 1.v2,cat\nb,cat\n" };
    const second = await importDataset(await makeFolder(files), { home });
    expect(second.manifest.hash).not.toBe(first.manifest.hash);
  });

  it("gives the same version after a round trip through VOC layout", async () => {
    const home = await makeFolder();
    const first = await importDataset(await makeFolder(await vocFiles()), { home });
    const exported = join(await makeFolder(), "voc");
    await exportDataset(datasetRoot(home, first.manifest.hash), exported);
    const again = await importDataset(exported, { home });
    expect(again.manifest.hash).toBe(first.manifest.hash);
    expect(again.alreadyThere).toBe(true);
  });

  it("leaves nothing behind when cancelled, and sweeps what a killed import left", async () => {
    const home = await makeFolder();
    // No process has this id: the largest Linux allows is 4194304.
    await mkdir(join(home, "datasets", ".import-99999999-dead"), { recursive: true });
    const source = await makeFolder(await vocFiles());
    const abort = new AbortController();
    const onProgress = () => abort.abort();
    const cancelled = importDataset(source, { home, signal: abort.signal, onProgress });
    await expect(cancelled).rejects.toThrow(CancelledError);
    expect(await readdir(join(home, "datasets"))).toEqual([]);
  });

  it("turns EXIF-rotated photographs upright and takes grey, CMYK and transparent ones", async () => {
    const rgb = sharp(tinyImage(16, 24).data, { raw: { width: 24, height: 16, channels: 3 } });
    const home = await makeFolder();
    const source = await makeFolder({
      "images/turned.jpg": await rgb.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer(),
      "images/grey.jpg": await rgb.clone().greyscale().jpeg().toBuffer(),
      "images/cmyk.jpg": await rgb.clone().toColourspace("cmyk").jpeg().toBuffer(),
      "images/clear.png": await rgb.clone().ensureAlpha(0.5).png().toBuffer(),
      "images/deep.png": await rgb.clone().toColourspace("rgb16").png().toBuffer(),
      "labels.json": JSON.stringify({
        turned: ["a"],
        grey: "a",
        cmyk: ["a"],
        clear: [],
        deep: ["a"],
      }),
    });
    const { manifest, report } = await importDataset(source, { home });
    const sizes = new Map(manifest.images.map(({ id, width, height }) => [id, [width, height]]));
    expect(sizes.get("turned")).toEqual([16, 24]);
    expect(sizes.get("cmyk")).toEqual([24, 16]);
    expect(report.findings.map(({ check }) => check)).toContain("exif-rotated");
    for (const { image } of manifest.images) {
      const stored = await sharp(
        await readFile(join(datasetRoot(home, manifest.hash), image)),
      ).metadata();
      expect([stored.channels, stored.depth, stored.orientation ?? 1]).toEqual([3, "uchar", 1]);
    }
  });

  it("works with one image of one pixel", async () => {
    const home = await makeFolder();
    const pixel = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    const source = await makeFolder({ "a.png": pixel, "labels.csv": "id,classes\na,cat\n" });
    const { manifest } = await importDataset(source, { home });
    expect(manifest.images).toHaveLength(1);
    expect(manifest.images[0]!.split).toBe("train");
  });

  it("takes labels from VOC annotations before labels.csv, and from masks when asked", async () => {
    const object = "<object><name>traffic light</name><difficult>1</difficult></object>";
    const source = await makeFolder({
      ...(await vocFiles()),
      "Annotations/Käse 1.v2.xml": `<annotation>${object}</annotation>`,
      "Annotations/b.xml": "<annotation></annotation>",
    });
    const home = await makeFolder();
    const xml = await importDataset(source, { home });
    expect(xml.manifest.labelSource).toBe("voc-xml");
    expect(xml.manifest.images.map(({ labels }) => labels)).toEqual([[1], []]);
    const masks = await importDataset(source, { home, labelSource: "masks" });
    expect(masks.manifest.labelSource).toBe("masks");
    expect(masks.manifest.images.map(({ labels }) => labels)).toEqual([[1], [0]]);
  });

  it("says that the data home cannot be written, and that it is worth another try", async () => {
    const home = await makeFolder({ datasets: "a file where a folder should be" });
    const failed = importDataset(await makeFolder(await vocFiles()), { home });
    await expect(failed).rejects.toThrow(StorageError);
    const full = Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write" });
    expect(asStorageError(full, "/source", home)).toMatchObject({ retryable: true });
  });

  it("never publishes over an unreadable folder of the same name without saying so", async () => {
    const home = await makeFolder();
    const source = await makeFolder(await vocFiles());
    const { manifest } = await importDataset(source, { home });
    const root = datasetRoot(home, manifest.hash);
    await writeFile(join(root, "dataset.json"), "{");
    await expect(importDataset(source, { home })).rejects.toThrow(/dataset\.json/);
  });
});
