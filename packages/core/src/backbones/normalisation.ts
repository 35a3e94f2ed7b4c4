import type { Rgb } from "../contract/labels.ts";

/** (x − mean) / deviation of pixels 0…255. */
export interface PixelNormalisation {
  readonly mean: Rgb;
  readonly deviation: Rgb;
}

/** What torchvision's and psa's networks were trained with. @see torchvision transforms.Normalize */
export const IMAGENET_NORMALISATION: PixelNormalisation = {
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};

/** ImageNet's mean colour in whole levels: what a crop is filled with. */
export const IMAGENET_PADDING: Rgb = [124, 116, 104];
