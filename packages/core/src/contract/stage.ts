/** The stages of a run, in order. These words are what users see. */
export const STAGES = [
  "train-classifier",
  "make-seeds",
  "refine-seeds",
  "train-affinity",
  "make-pseudo-masks",
  "train-segmenter",
  "predict",
  "evaluate",
] as const;

export type StageName = (typeof STAGES)[number];

export const STAGE_TITLES: Readonly<Record<StageName, string>> = {
  "train-classifier": "Train classifier",
  "make-seeds": "Make seeds",
  "refine-seeds": "Refine seeds",
  "train-affinity": "Train affinity",
  "make-pseudo-masks": "Make pseudo masks",
  "train-segmenter": "Train segmenter",
  predict: "Predict",
  evaluate: "Evaluate",
};

/** Stages whose output is a label map per image, in the order of the funnel. */
export const MASK_STAGES = ["make-seeds", "refine-seeds", "make-pseudo-masks", "predict"] as const;
export type MaskStage = (typeof MASK_STAGES)[number];

export const RUN_STATUSES = [
  "queued",
  "starting",
  "running",
  "cancelling",
  "succeeded",
  "failed",
  "cancelled",
  "lost",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const STAGE_STATUSES = [
  "waiting",
  "running",
  "succeeded",
  "cached",
  "failed",
  "cancelled",
] as const;
export type StageStatus = (typeof STAGE_STATUSES)[number];

/** States a run never leaves by itself. */
export const FINAL_RUN_STATUSES: readonly RunStatus[] = [
  "succeeded",
  "failed",
  "cancelled",
  "lost",
];
