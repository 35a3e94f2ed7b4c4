import type { DatasetFormat, LabelSource } from "../contract/index.ts";
import type { Findings } from "./findings.ts";
import type { LabelReading } from "./label-file.ts";

/** Ground truth of one image, read only when its turn comes. */
export interface RawMask {
  /** Named in findings. */
  readonly file: string;
  read(size: { height: number; width: number }): Promise<LabelReading>;
}

/** One image as an importer found it: nothing decoded yet. */
export interface RawImage {
  readonly id: string;
  readonly split: string;
  /** Absolute path, inside the dataset's folder. */
  readonly file: string;
  /** Class indices; null where they are to be taken from the mask. */
  readonly labels: readonly number[] | null;
  readonly mask: RawMask | null;
}

/** What every importer yields and `importDataset` takes. */
export interface RawDataset {
  readonly root: string;
  readonly format: DatasetFormat;
  readonly labelSource: LabelSource;
  readonly classes: readonly string[];
  readonly images: readonly RawImage[];
  readonly findings: Findings;
}

export interface ReadOptions {
  /** Which image-level labels to take where a dataset has several; the format's own first. */
  readonly labelSource?: LabelSource;
  /** Split lists to use, first match wins; all of them otherwise. */
  readonly splits?: readonly string[];
}
