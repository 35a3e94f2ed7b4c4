import { type ScoreMaps, ShapeError } from "../contract/index.ts";
import { cropPlanes } from "../score-maps/crop.ts";
import { mirrorPlanes } from "../score-maps/mirror.ts";
import { resizePlanes } from "../score-maps/resize.ts";
import { normaliseByMax, normaliseByRange } from "./normalise.ts";

/** Class maps of one view (a scale, possibly mirrored) at the network's own resolution. */
export interface CamView {
  /** [C', h, w] before or after relu; the same classes in every view. */
  readonly maps: ScoreMaps;
  readonly mirrored: boolean;
}

/**
 * How a release merges its views. `psa`: each view to the image's size, sum, divide by the maximum.
 * `irn`: as psa, but full resolution is the next multiple of 16, then cropped. `seam`: the sum is
 * rectified, not the views, then moved and scaled by its minimum and maximum.
 */
export const MULTI_SCALE_RULES = ["psa", "irn", "seam"] as const;
export type MultiScaleRule = (typeof MULTI_SCALE_RULES)[number];

export interface MergeOptions {
  /** Of the image, pixels. */
  readonly height: number;
  readonly width: number;
  readonly rule: MultiScaleRule;
  /** `strided`: one value per 4 image pixels (irn): sixteen times less to keep. */
  readonly resolution: "full" | "strided";
}

const STRIDE = 4; // irn step/make_cam.py: get_strided_size(size, 4)
const PADDING_MULTIPLE = 16; // irn step/make_cam.py: get_strided_up_size(size, 16)

/** Length of a strided axis that still holds its last pixel. */
const strided = (length: number, stride: number): number => Math.floor((length - 1) / stride) + 1;
const paddedTo = (length: number, multiple: number): number => strided(length, multiple) * multiple;

const rectify = (data: Float32Array) => data.map((value) => Math.max(0, value));

/**
 * Sum of the class maps of all views, rectified and turned back.
 *
 * views    each [C', h, w], any real
 * returns  [C', H, W] or [C', ⌈H/4⌉, ⌈W/4⌉]  ≥ 0
 *
 * Empty case: no present class gives no maps.
 * @throws {ShapeError} when there is no view, or views list different classes
 * @see Ahn & Kwak 2018, section 5.1; psa infer_cls.py, irn step/make_cam.py, SEAM infer_SEAM.py
 */
export function mergeViews(views: readonly CamView[], options: MergeOptions): ScoreMaps {
  const first = views[0];
  if (first === undefined) throw new ShapeError("cam: expected at least one view, got none.");
  const { classes } = first.maps;
  const { rule, resolution } = options;
  const size =
    resolution === "strided"
      ? { height: strided(options.height, STRIDE), width: strided(options.width, STRIDE) }
      : rule === "irn"
        ? {
            height: paddedTo(options.height, PADDING_MULTIPLE),
            width: paddedTo(options.width, PADDING_MULTIPLE),
          }
        : { height: options.height, width: options.width };
  const sum = new Float32Array(classes.length * size.height * size.width);
  for (const { maps, mirrored } of views) {
    if (maps.classes.join() !== classes.join()) {
      throw new ShapeError(
        `cam: expected classes ${classes.join(", ")} in every view, got ${maps.classes.join(", ")}.`,
      );
    }
    const rectified = rule === "seam" ? maps.data : rectify(maps.data);
    const upright = mirrored ? mirrorPlanes(rectified, maps.width) : rectified;
    const planes = classes.length;
    const resized = resizePlanes(upright, { ...maps, planes }, { ...size, grid: "half-pixel" });
    resized.forEach((value, at) => (sum[at]! += value));
  }
  const data = rule === "seam" ? rectify(sum) : sum;
  if (resolution === "strided") return { ...size, classes, data };
  const { height, width } = options;
  return { height, width, classes, data: cropPlanes(data, size, options) };
}

/**
 * Normalised class activation maps of an image from all its views.
 *
 * views    each [C', h, w], any real
 * returns  [C', H, W] or [C', ⌈H/4⌉, ⌈W/4⌉]  0…1 (seam: down to −1 where a map is constant)
 *
 * Empty case: no present class gives no maps.
 * @throws {ShapeError} when there is no view, or views list different classes
 * @see mergeViews, normaliseByMax, normaliseByRange
 */
export function camFromViews(views: readonly CamView[], options: MergeOptions): ScoreMaps {
  const sum = mergeViews(views, options);
  return options.rule === "seam" ? normaliseByRange(sum) : normaliseByMax(sum);
}
