import { readFile } from "node:fs/promises";
import { readLabels } from "./label-file.ts";
import type { RawMask } from "./raw-dataset.ts";

/** Ground truth in a PNG of label ids. */
export const maskFile = (file: string): RawMask => ({
  file,
  read: async () => readLabels(await readFile(file), file),
});
