import sharp from "sharp";
import type { LabelMap, RgbImage, Rgb } from "../contract/index.ts";
import { IGNORE_INDEX } from "../contract/index.ts";
import type { Random } from "../tensor/random.ts";
import { sizeOfLongSide } from "./geometry.ts";
import { resizeLabels } from "./resize-pillow.ts";
import type { Size } from "./resize-pillow.ts";

/** How a square training view was cut from an image: enough to find each of its pixels again. */
export interface TrainingView {
  /** Side of the view, pixels. */
  readonly side: number;
  /** Size the image is resized to before it is cut. */
  readonly resized: Size;
  /** Part of the resized image that is seen, and where in the view it lies. */
  readonly height: number;
  readonly width: number;
  readonly fromTop: number;
  readonly fromLeft: number;
  readonly toTop: number;
  readonly toLeft: number;
  /** The view is mirrored left to right, after it was cut. */
  readonly mirrored: boolean;
}

/**
 * `crop`: a random part at a random scale. `whole`: the whole image, its long side as long as the view,
 * at the top left; what a pixel of the view shows is then the same in every epoch, but for mirroring.
 */
export type Framing = "crop" | "whole";

export interface ViewOptions {
  readonly framing?: Framing;
  readonly cropSize: number;
  /** Least and greatest factor on the long side. */
  readonly scaleJitter: readonly [number, number];
}

/**
 * Draws a view: long side times a random factor, a random crop, mirrored half of the time. An image
 * smaller than the crop is placed at random in it.
 *
 * @see psa tool/imutils.py, RandomResizeLong and RandomCrop
 */
export function drawView(random: Random, image: Size, options: ViewOptions): TrainingView {
  const { cropSize: side, scaleJitter, framing = "crop" } = options;
  if (framing === "whole") return wholeView(image, side, random.uniform() < 0.5);
  const [least, greatest] = scaleJitter;
  const factor = least + random.uniform() * (greatest - least);
  const longSide = Math.max(1, Math.round(Math.max(image.height, image.width) * factor));
  const resized = sizeOfLongSide(image, longSide);
  const along = (extent: number) => {
    const slack = random.integer(Math.abs(extent - side) + 1);
    const length = Math.min(extent, side);
    return extent > side ? { from: slack, to: 0, length } : { from: 0, to: slack, length };
  };
  const vertical = along(resized.height);
  const horizontal = along(resized.width);
  return {
    side,
    resized,
    height: vertical.length,
    width: horizontal.length,
    fromTop: vertical.from,
    fromLeft: horizontal.from,
    toTop: vertical.to,
    toLeft: horizontal.to,
    mirrored: random.uniform() < 0.5,
  };
}

/** The whole image at the top left of a view. @see OAA-PyTorch utils/LoadData.py: no crop */
function wholeView(image: Size, side: number, mirrored: boolean): TrainingView {
  const resized = sizeOfLongSide(image, side);
  const corner = { fromTop: 0, fromLeft: 0, toTop: 0, toLeft: 0 };
  return { side, resized, ...resized, ...corner, mirrored };
}

/** Column of the view in which column `x` of the cut-out lies. */
const columnOf = (view: TrainingView, x: number): number =>
  view.mirrored ? view.side - 1 - (view.toLeft + x) : view.toLeft + x;

/**
 * The pixels of a view as floats, the rest filled with `padding`.
 *
 * into      [side, side, 3]  written, 0…255
 *
 * Differs from the release: resized by libvips' antialiased cubic, off the main thread; Pillow's
 * exact one (resize-pillow.ts) serves the seeds.
 */
export async function cutImage(
  image: RgbImage,
  view: TrainingView,
  { padding, into }: { padding: Rgb; into: Float32Array },
): Promise<void> {
  const { side, resized, height, width, fromTop, fromLeft, toTop } = view;
  const cut = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 3 },
  })
    .resize({ ...resized, fit: "fill", kernel: "cubic", fastShrinkOnLoad: false })
    .extract({ top: fromTop, left: fromLeft, height, width })
    .raw()
    .toBuffer();
  for (let i = 0; i < into.length; i += 1) into[i] = padding[i % 3]!;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 3;
      const to = ((toTop + y) * side + columnOf(view, x)) * 3;
      into[to] = cut[from]!;
      into[to + 1] = cut[from + 1]!;
      into[to + 2] = cut[from + 2]!;
    }
  }
}

/** The labels of a view, the rest ignored. into [side, side], written. */
export function cutLabels(labels: LabelMap, view: TrainingView, into: Uint8Array): void {
  const { side, height, width, fromTop, fromLeft, toTop } = view;
  const resized = resizeLabels(labels, view.resized);
  into.fill(IGNORE_INDEX);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const label = resized.data[(fromTop + y) * resized.width + fromLeft + x]!;
      into[(toTop + y) * side + columnOf(view, x)] = label;
    }
  }
}
