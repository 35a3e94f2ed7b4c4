import type { RgbImage } from "../contract/index.ts";

/**
 * Pixel positions in units of the smoothness Gaussian's width.
 *
 * returns  [P, 2]  x / width, y / width; P in raster order
 *
 * gaussianSxy  pixels; the same on both axes
 *
 * Empty case: cannot be empty, an image has a pixel.
 * @see Krähenbühl & Koltun 2011, equation 3, second term
 */
export function smoothnessFeatures(
  image: RgbImage,
  { gaussianSxy }: { readonly gaussianSxy: number },
): Float32Array {
  const { height, width } = image;
  const features = new Float32Array(height * width * 2);
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    features[pixel * 2] = (pixel % width) / gaussianSxy;
    features[pixel * 2 + 1] = Math.floor(pixel / width) / gaussianSxy;
  }
  return features;
}

/**
 * Pixel positions and colours in units of the appearance Gaussian's widths.
 *
 * image    0…255, as it was read: never mean-subtracted (deeplab-pytorch's crf command wraps it round)
 * returns  [P, 5]  x, y over the spatial width, red, green, blue over the colour width
 *
 * bilateralSxy   pixels; the same on both axes
 * bilateralSrgb  levels of 0…255
 *
 * Empty case: cannot be empty, an image has a pixel.
 * @see Krähenbühl & Koltun 2011, equation 3, first term
 */
export function appearanceFeatures(
  image: RgbImage,
  {
    bilateralSxy,
    bilateralSrgb,
  }: { readonly bilateralSxy: number; readonly bilateralSrgb: number },
): Float32Array {
  const { height, width, data } = image;
  const features = new Float32Array(height * width * 5);
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    features[pixel * 5] = (pixel % width) / bilateralSxy;
    features[pixel * 5 + 1] = Math.floor(pixel / width) / bilateralSxy;
    for (let channel = 0; channel < 3; channel += 1) {
      features[pixel * 5 + 2 + channel] = data[pixel * 3 + channel]! / bilateralSrgb;
    }
  }
  return features;
}
