import type { DatasetFormat, LabelSource, ValidationReport } from "../contract/index.ts";
import { encodeThumbnail } from "./image-file.ts";
import { imageKey } from "./image-key.ts";
import { inspectDataset } from "./inspect-dataset.ts";
import type { WorkOptions } from "./inspect-dataset.ts";
import type { InspectedImage } from "./inspect-image.ts";
import { encodeLabels } from "./label-file.ts";
import { readDataset } from "./read-dataset.ts";
import type { SourceOptions } from "./read-dataset.ts";
import { resizeLabels } from "./resize-pillow.ts";

const SAMPLES = 12;
/** Pixels, longest side. */
const SAMPLE_SIDE = 320;

/** A picture to look at before importing. */
export interface PreviewSample {
  readonly id: string;
  readonly split: string;
  /** Class indices. */
  readonly labels: readonly number[];
  readonly height: number;
  readonly width: number;
  /** WebP. */
  readonly image: Uint8Array;
  /** Palette PNG of label ids in the size of the sample; null where there is no ground truth. */
  readonly mask: Uint8Array | null;
}

export interface DatasetPreview {
  readonly format: DatasetFormat;
  readonly labelSource: LabelSource;
  readonly classes: readonly string[];
  readonly report: ValidationReport;
  readonly samples: readonly PreviewSample[];
}

async function sampleOf({ source, pixels, mask, labels }: InspectedImage): Promise<PreviewSample> {
  const scale = Math.min(1, SAMPLE_SIDE / Math.max(pixels.height, pixels.width));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const width = Math.max(1, Math.round(pixels.width * scale));
  return {
    id: source.id,
    split: source.split,
    labels,
    height,
    width,
    image: await encodeThumbnail(pixels, SAMPLE_SIDE),
    mask: mask === null ? null : encodeLabels(resizeLabels(mask, { height, width })),
  };
}

/**
 * Everything an import would check and find, with twelve samples to look at, and nothing written.
 * The samples are those with the lowest keys: random, and the same every time.
 */
export async function previewDataset(
  source: string,
  options: SourceOptions & WorkOptions = {},
): Promise<DatasetPreview> {
  const raw = await readDataset(source, options);
  const chosen = new Set(
    raw.images
      .map(({ id }) => ({ id, key: imageKey(id) }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .slice(0, SAMPLES)
      .map(({ id }) => id),
  );
  const samples: PreviewSample[] = [];
  const report = await inspectDataset(
    raw,
    async (image) => {
      if (chosen.has(image.source.id)) samples.push(await sampleOf(image));
    },
    options,
  );
  samples.sort((a, b) => (a.id < b.id ? -1 : 1));
  const { format, labelSource, classes } = raw;
  return { format, labelSource, classes, report, samples };
}
