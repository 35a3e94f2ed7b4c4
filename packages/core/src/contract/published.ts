import { VOC_CLASS_NAMES } from "./labels.ts";
import type { MaskStage } from "./stage.ts";

/** A number others have published. It stands beside ours, never in their order. */
export interface PublishedResult {
  readonly method: string;
  /** Of the seeds, then of the segmenter where it has another. */
  readonly backbone: string;
  readonly stage: MaskStage;
  readonly split: "train" | "val";
  /** 0…1 */
  readonly meanIou: number;
  /** Where it can be read. */
  readonly source: string;
}

const of = (
  method: string,
  backbone: string,
  stage: MaskStage,
  split: "train" | "val",
  percent: number,
  source: string,
): PublishedResult => ({ method, backbone, stage, split, meanIou: percent / 100, source });

/** On PASCAL VOC 2012: seeds and pseudo masks on its 1,464 train images, segmenters on its 1,449 val. */
const VOC_RESULTS: readonly PublishedResult[] = [
  of("CAM (psa)", "WR38", "make-seeds", "train", 48.0, "psa README"),
  of("CAM (irn)", "R50", "make-seeds", "train", 48.3, "irn issue 4"),
  of("SEAM", "WR38", "make-seeds", "train", 55.41, "SEAM issue 25"),
  of("SEAM + CRF", "WR38", "refine-seeds", "train", 56.83, "SEAM issue 25"),
  of("AffinityNet (psa)", "WR38", "make-pseudo-masks", "train", 61.0, "psa README, released code"),
  of("SEAM + AffinityNet", "WR38", "make-pseudo-masks", "train", 63.61, "SEAM issue 17"),
  of("IRNet", "R50", "make-pseudo-masks", "train", 66.5, "irn issue 4"),
  of("OAA", "VGG16", "predict", "val", 58.6, "OAA issue 5"),
  of("OAA+ (PyTorch)", "VGG16, R101", "predict", "val", 67.8, "OAA-PyTorch README, with CRF"),
  of("SEAM", "WR38", "predict", "val", 64.754, "SEAM released code"),
];

/** What was published for masks of a stage on a split; nothing unless the classes are those of VOC. */
export function publishedResults(
  classes: readonly string[],
  { stage, split }: { readonly stage: MaskStage; readonly split: string },
): PublishedResult[] {
  const isVoc = classes.join() === VOC_CLASS_NAMES.join();
  if (!isVoc) return [];
  return VOC_RESULTS.filter((result) => result.stage === stage && result.split === split).toSorted(
    (left, right) => right.meanIou - left.meanIou,
  );
}
