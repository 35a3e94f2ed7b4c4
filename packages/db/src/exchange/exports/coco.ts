import { Readable } from "node:stream";
import { artifactKey, IGNORE_INDEX, type LabelMap, maskPath } from "@seedmask/core/contract";
import { decodeLabels, encodeRle, rleToString } from "@seedmask/core/masks";
import { masksOf } from "./masks-of.ts";
import { type ExportRequest, type ExportSource, findMasks, type MaskStage } from "./source.ts";

export interface CocoResult {
  readonly image_id: string;
  /** Label id: position in the class list with background 0. */
  readonly category_id: number;
  readonly segmentation: { readonly size: readonly [number, number]; readonly counts: string };
  readonly score: number;
}

/** One region a foreground label; ignored pixels are in none. */
export function cocoResultsOf(imageId: string, labels: LabelMap): CocoResult[] {
  const { height, width, data } = labels;
  const present = [...new Set(data)].filter((label) => label !== 0 && label !== IGNORE_INDEX);
  return present
    .toSorted((a, b) => a - b)
    .map((label) => {
      const inside = data.map((value) => (value === label ? 1 : 0));
      const counts = rleToString(encodeRle(inside, height, width));
      const segmentation = { size: [height, width] as const, counts };
      return { image_id: imageId, category_id: label, segmentation, score: 1 };
    });
}

/** COCO's results format, an array of compressed RLE regions; `image_id` is the user's id. */
export async function exportCoco(source: ExportSource, request: ExportRequest): Promise<Readable> {
  return Readable.from(lines(source, await findMasks(source, request)), { objectMode: false });
}

async function* lines(source: ExportSource, masks: MaskStage): AsyncGenerator<string> {
  let before = "[\n";
  for await (const image of masksOf(source, masks)) {
    const path = maskPath(image.key);
    const bytes = await source.files.getBytes(artifactKey(masks.artifact, path));
    for (const result of cocoResultsOf(image.id, decodeLabels(bytes, path))) {
      yield before + JSON.stringify(result);
      before = ",\n";
    }
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
