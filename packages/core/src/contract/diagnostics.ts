import { z } from "zod";
import { MASK_STAGES } from "./stage.ts";

const counts = z.array(z.int().nonnegative());

/** What two stages' masks say of each other, and how undecided scores are: needs no ground truth. */
export const maskDoubtSchema = z.strictObject({
  kind: z.literal("mask-doubt"),
  stage: z.enum(MASK_STAGES),
  split: z.string(),
  images: z.int().nonnegative(),
  /** Null at the first stage. */
  agreement: z
    .strictObject({
      from: z.enum(MASK_STAGES),
      labels: z.int().min(2),
      /** Row-major (L + 1)²: label before, label after; the last of each is 255. */
      counts,
    })
    .nullable(),
  /** Entropy ÷ log of the number of labels, 0…1; null where a stage has no scores. */
  entropy: z.strictObject({ counts, mean: z.number() }).nullable(),
  perImage: z.array(
    z.strictObject({
      imageKey: z.string(),
      /** Share of pixels whose label changed, 0…1. */
      disagreement: z.number().nullable(),
      entropy: z.number().nullable(),
    }),
  ),
});
export type MaskDoubt = z.infer<typeof maskDoubtSchema>;

/** Means over the images that have a class, or over those that lack it. */
const classSideSchema = z.strictObject({
  images: z.int().nonnegative(),
  /** Mean probability, 0…1. */
  probability: z.number().nullable(),
  /** Mean of the rectified class map over pixels and images, in logits. */
  mass: z.number().nullable(),
});

/** How well the classifier knows each class, and where its maps lie when the class is not there. */
export const classifierHealthSchema = z.strictObject({
  kind: z.literal("classifier-health"),
  stage: z.literal("train-classifier"),
  split: z.string(),
  images: z.int().nonnegative(),
  /** Over classes that occur, 0…1. */
  meanAveragePrecision: z.number().nullable(),
  classes: z.array(
    z.strictObject({
      averagePrecision: z.number().nullable(),
      /** At probability 0.5; null where nothing is positive or nothing is said to be. */
      precision: z.number().nullable(),
      recall: z.number().nullable(),
      f1: z.number().nullable(),
      present: classSideSchema,
      absent: classSideSchema,
    }),
  ),
  /** Share of all CAM mass that belongs to classes their image lacks, 0…1; null without any mass. */
  absentMass: z.number().nullable(),
  /** CAM mass against probability of every image and class. */
  scatter: z.strictObject({
    bins: z.int().positive(),
    /** Mass at the upper end of the last bin. */
    most: z.number().nonnegative(),
    /** Row-major bins × bins: probability, mass. */
    present: counts,
    absent: counts,
  }),
});
export type ClassifierHealth = z.infer<typeof classifierHealthSchema>;

/** What a stage says of its own output beside the score against ground truth. */
export const diagnosticSchema = z.discriminatedUnion("kind", [
  maskDoubtSchema,
  classifierHealthSchema,
]);
export type Diagnostic = z.infer<typeof diagnosticSchema>;
export type DiagnosticKind = Diagnostic["kind"];
