import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../test/make-folder.ts";
import { tinyPng } from "../../test/tiny-images.ts";
import { detectFormat } from "./detect-format.ts";
import { readDataset } from "./read-dataset.ts";
import type { RawImage } from "./raw-dataset.ts";
import { encodeRle, rleToString } from "./rle.ts";

const CATEGORIES = [
  { id: 90, name: "toothbrush" },
  { id: 3, name: "car" },
];
const SIZE = { height: 6, width: 8 };

const maskOf = async (image: RawImage | undefined): Promise<number[]> => [
  ...(await image!.mask!.read(SIZE)).labels.data,
];

/** Rows of an expected mask, as digits; `i` is ignored. */
const rows = (...lines: string[]): number[] =>
  lines.flatMap((line) => [...line].map((digit) => (digit === "i" ? 255 : Number(digit))));

const box = (top: number, left: number, bottom: number, right: number): Uint8Array =>
  Uint8Array.from({ length: 48 }, (_, i) => {
    const [y, x] = [Math.floor(i / 8), i % 8];
    return y >= top && y < bottom && x >= left && x < right ? 1 : 0;
  });

async function instances(annotations: readonly object[]) {
  const source = await makeFolder({
    "val2017/000000000009.jpg": await tinyPng(),
    "annotations/instances_val2017.json": JSON.stringify({
      images: [{ id: 9, file_name: "000000000009.jpg", ...SIZE }],
      categories: CATEGORIES,
      annotations: annotations.map((annotation) => ({ image_id: 9, ...annotation })),
    }),
  });
  expect(await detectFormat(source)).toBe("coco-instances");
  return readDataset(source);
}

describe("readDataset, COCO instances", () => {
  it("orders classes by category id and fills polygons, small objects in front", async () => {
    const { classes, images, findings, labelSource } = await instances([
      { category_id: 90, segmentation: [[2, 1, 4, 1, 4, 3, 2, 3]], area: 4 },
      { category_id: 3, segmentation: [[1, 0, 7, 0, 7, 5, 1, 5]], area: 30 },
    ]);
    expect(findings.all()).toEqual([]);
    expect(labelSource).toBe("coco-json");
    expect(classes).toEqual(["car", "toothbrush"]);
    expect(images.map(({ id, split, labels }) => [id, split, labels])).toEqual([
      ["000000000009", "val", [0, 1]],
    ]);
    expect(await maskOf(images[0])).toEqual(
      rows("01111110", "01221110", "01221110", "01111110", "01111110", "00000000"),
    );
  });

  it("reads both forms of run lengths, and ignores crowds", async () => {
    const crowd = encodeRle(box(0, 0, 6, 2), 6, 8);
    const thing = rleToString(encodeRle(box(4, 1, 6, 8), 6, 8));
    const { images } = await instances([
      { category_id: 3, segmentation: { size: [6, 8], counts: thing }, iscrowd: 0, area: 14 },
      { category_id: 90, segmentation: { size: [6, 8], counts: crowd }, iscrowd: 1, area: 12 },
    ]);
    expect(await maskOf(images[0])).toEqual(
      rows("ii000000", "ii000000", "ii000000", "ii000000", "i1111111", "i1111111"),
    );
  });

  it("names the file of a segmentation that does not fit", async () => {
    const { images } = await instances([
      { id: 7, category_id: 3, segmentation: { size: [6, 8], counts: [3, 4] } },
    ]);
    await expect(maskOf(images[0])).rejects.toThrow(/instances_val2017\.json.*annotation 7/);
  });

  it("finds unknown categories and images that are not there", async () => {
    const { findings } = await instances([{ category_id: 5, segmentation: [] }]);
    expect(findings.all().map(({ check }) => check)).toEqual(["unknown-class"]);
    const source = await makeFolder({
      "annotations/instances_train.json": JSON.stringify({
        images: [{ id: 1, file_name: "../../etc/passwd" }],
        categories: CATEGORIES,
        annotations: [],
      }),
    });
    const missing = await readDataset(source);
    expect(missing.findings.all().map(({ check }) => check)).toEqual(["missing-image"]);
  });
});

describe("readDataset, COCO panoptic", () => {
  it("turns segment colours into labels; void and crowds are ignored", async () => {
    const ids = [0, 70_000, 300, 9];
    const data = new Uint8Array(48 * 3);
    for (let i = 0; i < 48; i += 1) {
      const id = ids[Math.floor((i % 8) / 2)]!;
      data.set([id & 255, (id >> 8) & 255, id >> 16], i * 3);
    }
    const source = await makeFolder({
      "images/a.jpg": await tinyPng(),
      "annotations/panoptic_train2017/a.png": encode({ ...SIZE, data, channels: 3 }),
      "annotations/panoptic_train2017.json": JSON.stringify({
        images: [{ id: 1, file_name: "a.jpg" }],
        categories: CATEGORIES,
        annotations: [
          {
            image_id: 1,
            file_name: "a.png",
            segments_info: [
              { id: 70_000, category_id: 90 },
              { id: 300, category_id: 3, iscrowd: 0 },
              { id: 9, category_id: 3, iscrowd: 1 },
            ],
          },
        ],
      }),
    });
    const { format, images, findings } = await readDataset(source);
    expect(findings.all()).toEqual([]);
    expect(format).toBe("coco-panoptic");
    expect(images[0]!.split).toBe("train");
    expect((await maskOf(images[0])).slice(0, 8)).toEqual([255, 255, 2, 2, 1, 1, 255, 255]);
  });
});
