import { z } from "zod";
import { DATASET_FORMATS, LABEL_SOURCES } from "./dataset.ts";

/** The queue of dataset imports, done by a worker. */
export const IMPORT_DATASET_QUEUE = "import-dataset";
export const importDatasetJobSchema = z.strictObject({ importId: z.string() });
export type ImportDatasetJob = z.infer<typeof importDatasetJobSchema>;

/** What a user asks of an import. `dryRun` validates and stops there. */
export const datasetImportRequestSchema = z.strictObject({
  /** Folder or archive on the server. */
  path: z.string().min(1),
  format: z.enum([...DATASET_FORMATS, "auto"]),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "small letters, digits, . _ and - only"),
  dryRun: z.boolean(),
  /** What a format needs beside its path, e.g. the annotation file of COCO. */
  options: z.record(z.string(), z.json()),
});
export type DatasetImportRequest = z.infer<typeof datasetImportRequestSchema>;

/** What a check leaves to look at: at most twelve images with their masks, in the data home. */
export const importPreviewSchema = z.strictObject({
  format: z.enum(DATASET_FORMATS),
  labelSource: z.enum(LABEL_SOURCES),
  classes: z.array(z.string()),
  samples: z.array(
    z.strictObject({
      id: z.string(),
      split: z.string(),
      /** Class indices. */
      labels: z.array(z.int().nonnegative()),
      width: z.int().positive(),
      height: z.int().positive(),
      /** Files beside this one, `N.webp` and `N.png`; null where there is no ground truth. */
      image: z.string(),
      mask: z.string().nullable(),
    }),
  ),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const IMPORT_PREVIEW_FILE = "preview.json";
export const importPreviewKey = (importId: string, file: string): string =>
  `previews/${importId}/${file}`;
