import { z } from "zod";

/** Where the image-level labels of a dataset came from; part of every evaluation's policy. */
export const LABEL_SOURCES = [
  "voc-xml",
  "labels-csv",
  "labels-json",
  "masks",
  "coco-json",
] as const;
export type LabelSource = (typeof LABEL_SOURCES)[number];

export const DATASET_FORMATS = [
  "voc",
  "image-folder",
  "coco-instances",
  "coco-panoptic",
  "synthetic",
] as const;
export type DatasetFormat = (typeof DATASET_FORMATS)[number];

/** One image of an imported dataset. Paths are relative to the dataset's own folder. */
export const datasetImageSchema = z.strictObject({
  /** Any file name the user had, without its extension. Unique inside the dataset. */
  id: z.string().min(1),
  /** 16 hex digits of SHA-256 of the id: a name that is safe on every disk and in every URL. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  /** Pixels, after EXIF rotation. */
  width: z.int().positive(),
  height: z.int().positive(),
  split: z.string().min(1),
  /** Class indices present, 0…C−1, ascending. May be empty. */
  labels: z.array(z.int().nonnegative()),
  /** `images/KEY.jpg|png`, RGB 8-bit, upright. */
  image: z.string(),
  /** `masks/KEY.png`, 8-bit palette PNG of label ids; null where there is no ground truth. */
  mask: z.string().nullable(),
});
export type DatasetImage = z.infer<typeof datasetImageSchema>;

/** `dataset.json` at the root of an imported dataset. */
export const datasetManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().min(1),
  /** SHA-256 over classes, ids, labels, splits, image bytes and mask bytes; names this version. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  format: z.enum(DATASET_FORMATS),
  labelSource: z.enum(LABEL_SOURCES),
  /** Foreground class names; position = class index. */
  classes: z.array(z.string().min(1)).min(1).max(254),
  images: z.array(datasetImageSchema).min(1),
});
export type DatasetManifest = z.infer<typeof datasetManifestSchema>;

export const VALIDATION_SEVERITIES = ["error", "warning", "info"] as const;

/** One finding of the dataset validator. Errors block an import; the rest are shown and kept. */
export const validationFindingSchema = z.strictObject({
  severity: z.enum(VALIDATION_SEVERITIES),
  /** Stable word for filtering, e.g. `mask-size`, `unknown-label`, `duplicate-id`. */
  check: z.string(),
  message: z.string(),
  file: z.string().nullable(),
  line: z.int().positive().nullable(),
});
export type ValidationFinding = z.infer<typeof validationFindingSchema>;

export const validationReportSchema = z.strictObject({
  ok: z.boolean(),
  images: z.int().nonnegative(),
  findings: z.array(validationFindingSchema),
  /** Images per class, by class index. */
  imagesPerClass: z.array(z.int().nonnegative()),
  /** Images holding both classes: row-major C × C, diagonal = images per class. */
  coOccurrence: z.array(z.int().nonnegative()),
  splits: z.record(z.string(), z.int().nonnegative()),
});
export type ValidationReport = z.infer<typeof validationReportSchema>;
