import { z } from "zod";
import { DATASET_FORMATS } from "./dataset.ts";

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
