import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { LabelMap, RgbImage } from "../contract/index.ts";
import { BACKGROUND, DatasetError, IGNORE_INDEX } from "../contract/index.ts";
import type { Findings } from "./findings.ts";
import { decodeImage, readImageHeader } from "./image-file.ts";
import type { ImageHeader } from "./image-file.ts";
import type { RawImage } from "./raw-dataset.ts";

/** One image of a dataset, decoded and checked. */
export interface InspectedImage {
  readonly source: RawImage;
  /** The file as it is. */
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly header: ImageHeader;
  readonly pixels: RgbImage;
  readonly mask: LabelMap | null;
  /** Class indices, ascending. */
  readonly labels: readonly number[];
}

export const sha256Of = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** Adds what a DatasetError of a codec says about one file, and lets other errors pass. */
function addFailure(cause: unknown, file: string, findings: Findings): void {
  if (!(cause instanceof DatasetError)) throw cause;
  const check = typeof cause.details.check === "string" ? cause.details.check : "unreadable";
  const message = cause.message.startsWith(`${file}: `)
    ? cause.message.slice(file.length + 2)
    : cause.message;
  findings.add("error", check, message, { file });
}

function labelIdsIn({ data }: LabelMap): number[] {
  const seen = new Uint8Array(256);
  for (const id of data) seen[id] = 1;
  return [...seen.keys()].filter((id) => seen[id] === 1);
}

function checkMaskSize(mask: LabelMap, header: ImageHeader, file: string, findings: Findings) {
  if (mask.height === header.height && mask.width === header.width) return true;
  const turned =
    header.rotated && mask.height === header.width && mask.width === header.height
      ? " The image is turned by its EXIF orientation, the mask is not: turn the mask."
      : " Scale the mask with nearest-neighbour to the size of its image.";
  const message = `expected ${header.width}×${header.height} as the image, got ${mask.width}×${mask.height}.${turned}`;
  findings.add("error", "mask-size", message, { file });
  return false;
}

async function readMask(
  { mask: source }: RawImage,
  header: ImageHeader,
  classes: number,
  findings: Findings,
): Promise<{ mask: LabelMap; ids: number[] } | null> {
  if (source === null) return null;
  const { file } = source;
  try {
    const { labels: mask, fromColours } = await source.read(header);
    if (fromColours) {
      const message = "the mask is an RGB image; its ids were read from the VOC colours";
      findings.add("warning", "mask-colours", message, { file });
    }
    if (!checkMaskSize(mask, header, file, findings)) return null;
    const ids = labelIdsIn(mask);
    const outside = ids.filter((id) => id > classes && id !== IGNORE_INDEX);
    if (outside.length > 0) {
      const message = `expected label ids 0…${classes} and 255, got ${outside.join(", ")}. Correct the mask, or list all classes in classes.txt.`;
      findings.add("error", "mask-value", message, { file });
      return null;
    }
    if (ids.length === 1) {
      const message = `every pixel of the mask is ${ids[0]}; is it meant to be empty?`;
      findings.add("warning", "mask-uniform", message, { file });
    }
    return { mask, ids };
  } catch (cause) {
    addFailure(cause, file, findings);
    return null;
  }
}

function compareLabels(
  labels: readonly number[],
  inMask: readonly number[],
  { file, classes, findings }: { file: string; classes: readonly string[]; findings: Findings },
): void {
  const names = (indices: readonly number[]) => indices.map((i) => classes[i]).join(", ");
  const unlabelled = inMask.filter((index) => !labels.includes(index));
  const unseen = labels.filter((index) => !inMask.includes(index));
  if (unlabelled.length > 0) {
    const message = `the mask shows ${names(unlabelled)}, the image-level labels do not`;
    findings.add("warning", "labels-disagree", message, { file });
  }
  if (unseen.length > 0) {
    const message = `the image-level labels say ${names(unseen)}, the mask shows none`;
    findings.add("warning", "labels-disagree", message, { file });
  }
}

function describeHeader({ rotated, colourSpace }: ImageHeader, file: string, findings: Findings) {
  if (rotated)
    findings.add("info", "exif-rotated", "turned upright by its EXIF orientation", { file });
  if (colourSpace !== "srgb") {
    findings.add("info", "colour-space", `converted from ${colourSpace} to 8-bit RGB`, { file });
  }
}

/** Decodes and checks one image with its mask; null where it cannot be used (its findings say why). */
export async function inspectImage(
  source: RawImage,
  classes: readonly string[],
  findings: Findings,
): Promise<InspectedImage | null> {
  const { file } = source;
  let header: ImageHeader;
  let pixels: RgbImage;
  const bytes = await readFile(file);
  try {
    header = await readImageHeader(bytes, file);
    pixels = await decodeImage(bytes, file);
  } catch (cause) {
    addFailure(cause, file, findings);
    return null;
  }
  describeHeader(header, file, findings);
  const truth = await readMask(source, header, classes.length, findings);
  const inMask = (truth?.ids ?? [])
    .filter((id) => id !== BACKGROUND && id !== IGNORE_INDEX)
    .map((id) => id - 1);
  if (source.labels === null && source.mask === null) {
    const message = "there is neither a label nor a mask; the image counts as holding no class";
    findings.add("warning", "no-label", message, { file });
  }
  if (source.labels !== null && truth !== null) {
    compareLabels(source.labels, inMask, { file: source.mask!.file, classes, findings });
  }
  const labels = source.labels ?? inMask;
  return {
    source,
    bytes,
    sha256: sha256Of(bytes),
    header,
    pixels,
    mask: truth?.mask ?? null,
    labels,
  };
}
