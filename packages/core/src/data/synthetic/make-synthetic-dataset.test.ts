import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../../test/make-folder.ts";
import { datasetRoot, openDataset } from "../dataset.ts";
import { importDataset } from "../import-dataset.ts";
import { importSyntheticDataset } from "./import-synthetic-dataset.ts";
import { makeSyntheticDataset, SYNTHETIC_CLASSES } from "./make-synthetic-dataset.ts";

async function bytesIn(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map(
    async (file) => [file.slice(folder.length), (await readFile(file)).toString("base64")] as const,
  );
  return new Map(await Promise.all(contents));
}

describe("makeSyntheticDataset", () => {
  it("writes the same bytes for the same seed, others for another", async () => {
    const [one, two, other] = [await makeFolder(), await makeFolder(), await makeFolder()];
    await makeSyntheticDataset({ to: one, seed: 3, images: 4 });
    await makeSyntheticDataset({ to: two, seed: 3, images: 4 });
    await makeSyntheticDataset({ to: other, seed: 4, images: 4 });
    expect(await bytesIn(one)).toEqual(await bytesIn(two));
    expect(await bytesIn(one)).not.toEqual(await bytesIn(other));
  });

  it("is imported without errors or disagreement between labels and masks", async () => {
    const [source, home] = [await makeFolder(), await makeFolder()];
    await makeSyntheticDataset({ to: source, seed: 1, images: 48 });
    const { manifest, report } = await importDataset(source, { home, recordedFormat: "synthetic" });
    expect(report.findings).toEqual([]);
    expect(report.splits).toEqual({ train: 36, val: 12 });
    expect(manifest.classes).toEqual(SYNTHETIC_CLASSES);
    expect(manifest.format).toBe("synthetic");
    // Every class often enough to be learned, and companions together more than others.
    expect(Math.min(...report.imagesPerClass)).toBeGreaterThanOrEqual(8);
  });

  it("makes the body most of an animal and animals a fair part of a picture", async () => {
    const [source, home] = [await makeFolder(), await makeFolder()];
    await makeSyntheticDataset({ to: source, seed: 2, images: 24 });
    const { manifest } = await importDataset(source, { home });
    const dataset = await openDataset(datasetRoot(home, manifest.hash));
    let foreground = 0;
    let pixels = 0;
    for (const entry of manifest.images) {
      const { data } = (await dataset.mask(entry))!;
      pixels += data.length;
      foreground += data.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0);
    }
    expect(foreground / pixels).toBeGreaterThan(0.1);
    expect(foreground / pixels).toBeLessThan(0.4);
  });
});

describe("importSyntheticDataset", () => {
  it("takes an earlier import with equal options", async () => {
    const home = await makeFolder();
    const first = await importSyntheticDataset({ home, images: 8 });
    const second = await importSyntheticDataset({ home, images: 8 });
    expect(second).toEqual({ manifest: first.manifest, alreadyThere: true });
    expect((await importSyntheticDataset({ home, images: 9 })).alreadyThere).toBe(false);
  });
});
