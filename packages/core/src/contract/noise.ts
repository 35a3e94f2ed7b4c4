import { z } from "zod";
import { BOUNDARY_RINGS, ERROR_CAUSES, OBJECT_SIZES } from "./noise-terms.ts";
import { MASK_STAGES } from "./stage.ts";

const counts = z.array(z.int().nonnegative());

/** Pixels between two distances from a boundary, by label: what an IoU needs. */
const ringSchema = z.strictObject({ truePositives: counts, truth: counts, predicted: counts });
export type BoundaryRing = z.infer<typeof ringSchema>;

/** Connected regions of one class in the ground truth, of one size. */
const objectsSchema = z.strictObject({
  objects: z.int().nonnegative(),
  missed: z.int().nonnegative(),
  pixels: z.int().nonnegative(),
  /** Of `pixels`, those with the right label. */
  found: z.int().nonnegative(),
});
export type ObjectCounts = z.infer<typeof objectsSchema>;

/** Where and why masks differ from the ground truth; all of it adds up over images. */
export const maskNoiseSchema = z.strictObject({
  scored: z.int().nonnegative(),
  /** Wrong pixels by cause, in the order of ERROR_CAUSES. */
  causes: counts.length(ERROR_CAUSES.length),
  /** In the order of BOUNDARY_RINGS; a pixel lies in one ring. */
  rings: z.array(ringSchema).length(BOUNDARY_RINGS.length),
  /** In the order of OBJECT_SIZES. */
  sizes: z.array(objectsSchema).length(OBJECT_SIZES.length),
});
export type MaskNoise = z.infer<typeof maskNoiseSchema>;

/** What became of each pixel between two stages, scored ones only. */
export const labelChangeSchema = z.strictObject({
  from: z.enum(MASK_STAGES),
  /** Row-major L × 3 × 3: ground truth, state before, state after (PIXEL_STATES). */
  counts,
});
export type LabelChange = z.infer<typeof labelChangeSchema>;

/** Normalised CAM by ground truth, over images that are labelled with the class. */
export const camLeakageSchema = z.strictObject({
  classes: z.int().positive(),
  /** Row-major C × L: sum of the class's CAM over pixels of a label. */
  mass: z.array(z.number().nonnegative()),
  /** Row-major C × L: how many such pixels there are. */
  pixels: counts,
});
export type CamLeakage = z.infer<typeof camLeakageSchema>;

/** Wrong pixels of one image by cause. */
export const imageErrorsSchema = z.strictObject({
  imageKey: z.string(),
  scored: z.int().nonnegative(),
  causes: counts.length(ERROR_CAUSES.length),
});
export type ImageErrors = z.infer<typeof imageErrorsSchema>;
