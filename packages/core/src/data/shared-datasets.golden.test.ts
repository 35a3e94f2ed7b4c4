import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../test/make-folder.ts";
import { datasetRoot, openDataset } from "./dataset.ts";
import { exportDataset } from "./export-dataset.ts";
import { importDataset } from "./import-dataset.ts";
import { previewDataset } from "./preview-dataset.ts";

const shared =
  process.env.SEEDMASK_SHARED ?? fileURLToPath(new URL("../../../../../shared", import.meta.url));

/** Runs `body` on real photographs, or leaves one plainly named entry where they are absent. */
function describeShared(name: string, body: (path: string) => void): void {
  const path = `${shared}/data/${name}`;
  describe(`dataset ${name}`, () => {
    if (existsSync(path)) body(path);
    else
      it.todo(`not run: ${name} not present; set SEEDMASK_SHARED to the folder that holds data/`);
  });
}

const errors = ({ findings }: { findings: readonly { severity: string }[] }) =>
  findings.filter(({ severity }) => severity === "error");

describeShared("voc12-tiny", (path) => {
  it("takes its labels from the annotations and agrees with its masks", async () => {
    const home = await makeFolder();
    const { manifest, report } = await importDataset(path, { home });
    expect([manifest.format, manifest.labelSource]).toEqual(["voc", "voc-xml"]);
    expect(report.findings).toEqual([]);
    expect(manifest.images).toHaveLength(49);
    const others = await Promise.all(
      (["labels-csv", "masks"] as const).map((labelSource) =>
        importDataset(path, { home, labelSource }),
      ),
    );
    // All three sources say the same here, so they name one version.
    expect(others.map((other) => other.manifest.hash)).toEqual([manifest.hash, manifest.hash]);
  });

  it("survives a round trip", async () => {
    const home = await makeFolder();
    const { manifest } = await importDataset(path, { home });
    const to = `${await makeFolder()}/voc`;
    await exportDataset(datasetRoot(home, manifest.hash), to);
    expect((await importDataset(to, { home })).alreadyThere).toBe(true);
  });
});

describeShared("coco128", (path) => {
  it("has 80 classes, two images without labels, and grey photographs", async () => {
    const { classes, report, samples, labelSource } = await previewDataset(path);
    expect(errors(report)).toEqual([]);
    expect([classes.length, labelSource]).toEqual([80, "labels-csv"]);
    expect(report.splits).toEqual({ train: 128, val: 100 });
    expect(samples).toHaveLength(12);
    expect(samples.every(({ mask }) => mask !== null)).toBe(true);
    const checks = report.findings.map(({ check }) => check);
    expect(checks.filter((check) => check === "mask-uniform")).toHaveLength(2);
    expect(checks).toContain("colour-space");
  });
});

describeShared("voc12-dev-320", (path) => {
  it("has 800 photographs to train on and 200 to score", async () => {
    const home = await makeFolder();
    const { manifest, report } = await importDataset(path, { home });
    expect(errors(report)).toEqual([]);
    expect(report.splits).toEqual({ train: 800, val: 200 });
    const dataset = await openDataset(datasetRoot(home, manifest.hash));
    const [entry] = dataset.split("val");
    const [image, mask] = await Promise.all([dataset.image(entry!), dataset.mask(entry!)]);
    expect([mask!.height, mask!.width]).toEqual([image.height, image.width]);
    expect(Math.max(image.height, image.width)).toBe(320);
  });
});
