import { z } from "zod";
import { MASK_STAGES } from "./stage.ts";

/**
 * Why a scored pixel is wrong. Every wrong pixel has one cause, the first that fits:
 * `missed-object`: background inside an object of which less than a tenth was found;
 * `ragged-boundary`: its label is the truth of a pixel within 1 % of the image's diagonal;
 * `wrong-class`: one class given for another; `spill-over`: a class given to background;
 * `missed-part`: background inside an object that was found.
 */
export const ERROR_CAUSES = [
  "missed-object",
  "ragged-boundary",
  "wrong-class",
  "spill-over",
  "missed-part",
] as const;
export type ErrorCause = (typeof ERROR_CAUSES)[number];

/** Of the image's diagonal: how far a boundary may be off and still be called ragged. */
export const RAGGED_SHARE = 0.01;
/** An object is missed where less than this share of its pixels has its label. */
export const MISSED_BELOW = 0.1;
/** Upper ends, in pixels from the nearest boundary of the ground truth; the last ring has none. */
export const BOUNDARY_RINGS = [1, 2, 4, 8, 16, 32, null] as const;
/** Upper ends, in shares of the image; the last has none. */
export const OBJECT_SIZES = [0.01, 0.05, 0.2, null] as const;

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

/** What a pixel may be at a stage; `unlabelled` is 255. */
export const PIXEL_STATES = ["correct", "wrong", "unlabelled"] as const;
export type PixelState = (typeof PIXEL_STATES)[number];

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
