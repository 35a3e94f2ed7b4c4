import type { Backbone } from "../backbones/backbone.ts";
import type { Rgb, RgbImage } from "../contract/index.ts";
import { tf } from "../tensor/tf.ts";

export interface PaddedViewOptions {
  readonly height: number;
  readonly width: number;
  readonly padding: Rgb;
  /** Turn the image, not the view, left to right. */
  readonly mirrored?: boolean;
}

/** An image at the upper left of a view, the rest filled with a colour. [1, H, W, 3] */
export function paddedView(
  { height, width, data }: RgbImage,
  view: PaddedViewOptions,
): tf.Tensor4D {
  const { padding, mirrored = false } = view;
  const filled = Float32Array.from(
    { length: view.height * view.width * 3 },
    (_, at) => padding[at % 3]!,
  );
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + (mirrored ? width - 1 - x : x)) * 3;
      filled.set(data.subarray(from, from + 3), (y * view.width + x) * 3);
    }
  }
  return tf.tensor4d(filled, [1, view.height, view.width, 3]);
}

/** Whole features of a stride that hold an extent, in pixels. */
export const wholeFeatures = (extent: number, stride: number): number =>
  Math.ceil(extent / stride) * stride;

/**
 * An image as IRNet looks at it: filled up to the crops it was trained on, since its group norms see
 * what is filled; larger images to whole features.
 * @see irn net/resnet50_irn.py, EdgeDisplacement: crop_size 512
 */
export function irnView(
  image: RgbImage,
  { padding, stride }: Pick<Backbone, "padding" | "stride">,
  { cropSize, mirrored = false }: { readonly cropSize: number; readonly mirrored?: boolean },
): tf.Tensor4D {
  const sideOf = (extent: number) => Math.max(cropSize, wholeFeatures(extent, stride));
  const [height, width] = [sideOf(image.height), sideOf(image.width)];
  return paddedView(image, { height, width, padding, mirrored });
}
