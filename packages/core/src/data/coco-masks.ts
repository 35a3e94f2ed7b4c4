import { readFile } from "node:fs/promises";
import { decode } from "fast-png";
import { DatasetError, IGNORE_INDEX } from "../contract/index.ts";
import type { CocoInstance, CocoSegment, CocoSegmentation } from "./coco-schema.ts";
import { fillPolygon } from "./polygon.ts";
import type { RawMask } from "./raw-dataset.ts";
import { decodeRle, rleFromString } from "./rle.ts";
import type { Size } from "./resize-pillow.ts";

function paint(
  segmentation: CocoSegmentation,
  value: number,
  { into, height, width }: Size & { into: Uint8Array },
): void {
  if (Array.isArray(segmentation)) {
    for (const points of segmentation) fillPolygon(points, { into, height, width, value });
    return;
  }
  const [rows, columns] = segmentation.size;
  if (rows !== height || columns !== width) {
    throw new RangeError(`run lengths are of ${columns}×${rows}, the image is ${width}×${height}`);
  }
  const { counts } = segmentation;
  const runs = typeof counts === "string" ? rleFromString(counts) : counts;
  decodeRle(runs, height, width).forEach((inside, i) => {
    if (inside === 1) into[i] = value;
  });
}

/**
 * Label map of an image's instances: crowds (255) first, then objects from large to small, so that
 * what lies in front of something larger stays visible.
 *
 * Differs from the release: polygons are filled by pixel centres; pycocotools' outlines differ from
 * that by up to a pixel.
 */
export function instanceMask(
  instances: readonly CocoInstance[],
  { file, labelOf }: { file: string; labelOf: (categoryId: number) => number },
): RawMask {
  const order = instances.toSorted(
    (a, b) => Number(b.iscrowd) - Number(a.iscrowd) || (b.area ?? 0) - (a.area ?? 0),
  );
  return {
    file,
    async read({ height, width }) {
      const data = new Uint8Array(height * width);
      for (const { id, segmentation, category_id: category, iscrowd } of order) {
        if (segmentation === undefined) continue;
        const value = iscrowd ? IGNORE_INDEX : labelOf(category);
        try {
          paint(segmentation, value, { into: data, height, width });
        } catch (cause) {
          if (!(cause instanceof RangeError)) throw cause;
          const message = `${file}: expected a segmentation in annotation ${id ?? "without id"}, got one that does not fit (${cause.message}). Export the annotations again.`;
          throw new DatasetError(message, { cause, details: { check: "mask-unreadable" } });
        }
      }
      return { labels: { height, width, data }, fromColours: false };
    },
  };
}

/** Label map of a panoptic PNG, whose colours are segment ids: R + 256 G + 65536 B; 0 is void. */
export function panopticMask(
  file: string,
  segments: readonly CocoSegment[],
  labelOf: (categoryId: number) => number,
): RawMask {
  const labels = new Map(
    segments.map(({ id, category_id: category, iscrowd }) => [
      id,
      iscrowd ? IGNORE_INDEX : labelOf(category),
    ]),
  );
  labels.set(0, IGNORE_INDEX);
  return {
    file,
    async read() {
      const refuse = (found: string, cause?: unknown) =>
        new DatasetError(
          `${file}: expected a panoptic PNG, got ${found}. Take PNG and JSON from one export.`,
          { cause, details: { check: "mask-unreadable" } },
        );
      let png;
      try {
        png = decode(await readFile(file));
      } catch (cause) {
        throw refuse("a file that cannot be decoded", cause);
      }
      if (png.channels < 3 || png.depth !== 8) throw refuse("an image that is not 8-bit RGB");
      const { width, height, channels, data: colours } = png;
      const data = new Uint8Array(width * height);
      for (let i = 0; i < data.length; i += 1) {
        const at = i * channels;
        const id = colours[at]! + 256 * colours[at + 1]! + 65_536 * colours[at + 2]!;
        const label = labels.get(id);
        if (label === undefined) throw refuse(`segment ${id}, which the JSON does not list`);
        data[i] = label;
      }
      return { labels: { height, width, data }, fromColours: false };
    },
  };
}
