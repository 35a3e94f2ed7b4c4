import { z } from "zod";
import { LABEL_SOURCES } from "./dataset.ts";
import {
  camLeakageSchema,
  imageErrorsSchema,
  labelChangeSchema,
  maskNoiseSchema,
} from "./noise.ts";
import { MASK_STAGES } from "./stage.ts";

/**
 * Pixel counts of a set of masks against ground truth. Every metric is a pure function of these.
 *
 * `matrix` is row-major L × L: row = ground truth, column = prediction. Pixels whose ground truth is
 * 255 are not counted; pixels predicted 255 are counted apart, by their ground truth.
 */
export const confusionCountsSchema = z.strictObject({
  labels: z.int().min(2).max(255),
  matrix: z.array(z.int().nonnegative()),
  /** Per ground-truth label: pixels that were predicted 255. */
  predictedIgnore: z.array(z.int().nonnegative()),
});
export type ConfusionCounts = z.infer<typeof confusionCountsSchema>;

/**
 * `skip-absent`: a class with no pixel in truth and none in prediction is left out of the mean (IRN's
 * nanmean). `ground-truth-only`: only classes with ground-truth pixels count (deeplab-pytorch).
 * `count-as-zero`: all classes count, an absent one as 0 (SEAM).
 */
export const ABSENT_CLASS_RULES = ["skip-absent", "ground-truth-only", "count-as-zero"] as const;
export type AbsentClassRule = (typeof ABSENT_CLASS_RULES)[number];

/** `excluded`: pixels predicted 255 are not scored, coverage says how many. `as-background`: 255 → 0 first. */
export const PREDICTED_IGNORE_RULES = ["excluded", "as-background"] as const;
export type PredictedIgnoreRule = (typeof PREDICTED_IGNORE_RULES)[number];

/** `oracle`: the best value on the very ground truth it is scored on. */
export const THRESHOLD_CHOICES = ["fixed", "labelled-train-images", "oracle", "none"] as const;

/** Everything a number must say about itself before it may be compared with another. */
export const evaluationPolicySchema = z.strictObject({
  /** Hash of the dataset version. */
  dataset: z.string(),
  split: z.string(),
  groundTruth: z.literal("masks"),
  labelSource: z.enum(LABEL_SOURCES),
  stage: z.enum(MASK_STAGES),
  /** True where masks were restricted to classes the image is labelled with. */
  imageLabelsUsed: z.boolean(),
  threshold: z.strictObject({
    value: z.number().nullable(),
    chosenBy: z.enum(THRESHOLD_CHOICES),
    /** Labelled images the choice saw. */
    images: z.int().nonnegative(),
  }),
  scales: z.array(z.number().positive()),
  flip: z.boolean(),
  crf: z.boolean(),
  absentClassRule: z.enum(ABSENT_CLASS_RULES),
  predictedIgnoreRule: z.enum(PREDICTED_IGNORE_RULES),
  /** `masks` marks the fully supervised upper reference. */
  supervision: z.enum(["image-labels", "masks"]),
});
export type EvaluationPolicy = z.infer<typeof evaluationPolicySchema>;

export const classIouSchema = z.strictObject({
  label: z.int().nonnegative(),
  /** 0…1; null where the class occurs neither in truth nor in prediction. */
  iou: z.number().nullable(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
});
export type ClassIou = z.infer<typeof classIouSchema>;

/**
 * One pass over pixels from which the confusion matrix at every threshold follows.
 *
 * `counts` is row-major L × C × bins: [ground truth, winning class, score bin]. A score s in 0…1 falls
 * into bin max(0, ceil(s · bins) − 1), the half-open interval (k/bins, (k+1)/bins]: a pixel is
 * foreground at threshold k/bins iff s > k/bins, that is iff its bin ≥ k (ties go to background).
 * Pixels with score 0 are in no bin and always background: they are counted in `unscored`, by truth.
 */
export const thresholdHistogramSchema = z.strictObject({
  labels: z.int().min(2),
  bins: z.int().positive(),
  counts: z.array(z.int().nonnegative()),
  unscored: z.array(z.int().nonnegative()),
});
export type ThresholdHistogram = z.infer<typeof thresholdHistogramSchema>;

/** Per-image counts, enough for its IoU per class and for sorting a gallery by it. */
export const imageCountsSchema = z.strictObject({
  imageKey: z.string(),
  /** Labels with at least one pixel in truth or prediction. */
  labels: z.array(z.int().nonnegative()),
  truePositives: z.array(z.int().nonnegative()),
  falsePositives: z.array(z.int().nonnegative()),
  falseNegatives: z.array(z.int().nonnegative()),
});
export type ImageCounts = z.infer<typeof imageCountsSchema>;

export const evaluationResultSchema = z.strictObject({
  policy: evaluationPolicySchema,
  /** Hash of the artefact whose masks were scored. */
  artifact: z.string(),
  images: z.int().nonnegative(),
  meanIou: z.number().nullable(),
  pixelAccuracy: z.number().nullable(),
  /** Share of scored pixels that were not predicted 255. */
  coverage: z.number(),
  classes: z.array(classIouSchema),
  confusion: confusionCountsSchema,
  /** Only where masks are hard labels of scores (make-seeds). */
  thresholdHistogram: thresholdHistogramSchema.nullable(),
  noise: maskNoiseSchema,
  /** What became of pixels since the masks before; null at the first stage that makes masks. */
  change: labelChangeSchema.nullable(),
  /** Only where masks are hard labels of CAMs (make-seeds). */
  leakage: camLeakageSchema.nullable(),
  perImage: z.array(imageCountsSchema),
  imageErrors: z.array(imageErrorsSchema),
});
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;

/**
 * Key under which numbers may be ranked together: the whole policy but the threshold's value (what
 * counts is how it was chosen) and supervision (an upper reference stands marked in the same table).
 */
export function policyKey(policy: EvaluationPolicy): string {
  return [
    policy.dataset,
    policy.split,
    policy.groundTruth,
    policy.labelSource,
    policy.stage,
    policy.imageLabelsUsed ? "labels-used" : "labels-unused",
    policy.threshold.chosenBy === "oracle" ? "oracle" : "honest",
    policy.scales.join("+"),
    policy.flip ? "flip" : "no-flip",
    policy.crf ? "crf" : "no-crf",
    policy.absentClassRule,
    policy.predictedIgnoreRule,
  ].join("|");
}
