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

/** What a pixel may be at a stage; `unlabelled` is 255. */
export const PIXEL_STATES = ["correct", "wrong", "unlabelled"] as const;
export type PixelState = (typeof PIXEL_STATES)[number];
