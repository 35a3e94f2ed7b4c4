import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import sharp from "sharp";
import { makeFolder } from "../../test/make-folder.ts";
import { halfMask, tinyImage, tinyPng } from "../../test/tiny-images.ts";
import { DatasetError } from "../contract/index.ts";
import type { ValidationFinding } from "../contract/index.ts";
import { encodeJpeg } from "./image-file.ts";
import { importDataset } from "./import-dataset.ts";
import { previewDataset } from "./preview-dataset.ts";

const CLASSES = "cat\ndog\n";

async function findingsOf(files: Record<string, string | Uint8Array>) {
  const source = await makeFolder(files);
  const { report } = await previewDataset(source);
  const home = await makeFolder();
  const refusal = await importDataset(source, { home }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refusal instanceof DatasetError).toBe(!report.ok);
  // Nothing half-imported is left either way.
  const left = await readdir(join(home, "datasets"));
  expect(left.length).toBe(report.ok ? 1 : 0);
  return report.findings.map(({ file, ...rest }) => ({
    ...rest,
    file: file?.slice(file.indexOf(source) + source.length + 1) ?? null,
  }));
}

const matching = (finding: Partial<ValidationFinding>) =>
  expect.arrayContaining([expect.objectContaining(finding)]);

describe("importDataset, faults", () => {
  it("names a truncated JPEG", async () => {
    const jpeg = await encodeJpeg(tinyImage(64, 64));
    const findings = await findingsOf({
      "images/a.jpg": jpeg.subarray(0, jpeg.length / 2),
      "labels.csv": "id,classes\r\na,cat\r\n",
    });
    expect(findings).toEqual(
      matching({ severity: "error", check: "image-unreadable", file: "images/a.jpg" }),
    );
  });

  it("names a text file that is called .jpg", async () => {
    const findings = await findingsOf({
      "images/a.jpg": "not an image",
      "labels.csv": "id,classes\na,cat\n",
    });
    expect(findings).toEqual(
      matching({ severity: "error", check: "image-unreadable", file: "images/a.jpg" }),
    );
  });

  it("names a mask of another size", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "masks/a.png": halfMask(1, 8, 6),
      "labels.csv": "id,classes\na,cat\n",
      "classes.txt": CLASSES,
    });
    expect(findings).toEqual(
      matching({ severity: "error", check: "mask-size", file: "masks/a.png" }),
    );
  });

  it("names mask values beyond the classes", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "masks/a.png": halfMask(7),
      "classes.txt": CLASSES,
    });
    expect(findings).toEqual(
      matching({
        severity: "error",
        check: "mask-value",
        message: expect.stringContaining("got 7"),
      }),
    );
  });

  it("gives file and line of a class that classes.txt lacks", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "images/b.png": await tinyPng(1),
      "labels.csv": "id,classes\r\na,cat\r\nb,cat;horse\r\n",
      "classes.txt": CLASSES,
    });
    expect(findings).toEqual(
      matching({ severity: "error", check: "unknown-class", file: "labels.csv", line: 3 }),
    );
  });

  it("gives file and line of a label whose id no image has", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "labels.csv": "id,classes\r\na,cat\r\n../a,cat\r\n",
    });
    expect(findings).toEqual(
      matching({ severity: "error", check: "unknown-id", file: "labels.csv", line: 3 }),
    );
  });

  it("names two files with one id", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "images/a.jpg": await encodeJpeg(tinyImage()),
      "labels.csv": "id,classes\na,cat\n",
    });
    expect(findings).toEqual(matching({ severity: "error", check: "duplicate-id" }));
  });

  it("takes an image without labels and warns", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "images/b.png": await tinyPng(1),
      "labels.csv": "id,classes\na,cat\n",
    });
    expect(findings).toEqual(
      matching({ severity: "warning", check: "no-label", file: "images/b.png" }),
    );
  });

  it("warns of one picture in two splits", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "images/b.png": await tinyPng(),
      "labels.csv": "id,split,classes\na,train,cat\nb,val,cat\n",
    });
    expect(findings).toEqual(matching({ severity: "warning", check: "leak" }));
  });

  it("warns where mask and labels disagree, and of empty masks", async () => {
    const findings = await findingsOf({
      "images/a.png": await tinyPng(),
      "images/b.png": await tinyPng(1),
      "masks/a.png": halfMask(2),
      "masks/b.png": halfMask(0),
      "labels.csv": "id,classes\na,cat\nb,\n",
      "classes.txt": CLASSES,
    });
    expect(findings).toEqual(matching({ check: "labels-disagree", file: "masks/a.png" }));
    expect(findings).toEqual(matching({ check: "mask-uniform", file: "masks/b.png" }));
  });

  it("refuses an image of 12,000 × 12,000 and says its size", async () => {
    const large = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: "#123456" },
    })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const findings = await findingsOf({
      "images/a.png": large,
      "labels.csv": "id,classes\na,cat\n",
    });
    expect(findings).toEqual(
      matching({ check: "image-too-large", message: expect.stringContaining("12000×12000") }),
    );
  });

  it("refuses an empty folder", async () => {
    const source = await makeFolder();
    await expect(previewDataset(source)).rejects.toThrow(/an empty folder/);
  });

  it("refuses a dataset whose image folder is empty", async () => {
    const findings = await findingsOf({ "labels.csv": "id,classes\n", "classes.txt": CLASSES });
    expect(findings).toEqual(matching({ severity: "error", check: "empty" }));
  });

  it("follows no link out of the folder", async () => {
    const outside = await makeFolder({ "secret.png": await tinyPng() });
    const source = await makeFolder({ "labels.csv": "id,classes\nsecret,cat\n" });
    await mkdir(join(source, "images"));
    await symlink(join(outside, "secret.png"), join(source, "images", "secret.png"));
    const { report } = await previewDataset(source);
    expect(report.findings).toEqual(matching({ severity: "error", check: "symlink" }));
  });
});
