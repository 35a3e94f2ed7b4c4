import type { Size } from "./resize-pillow.ts";

/** 8-bit samples with interleaved channels: `data[(y * width + x) * channels + channel]`. */
export interface Samples extends Size {
  readonly channels: number;
  readonly data: Uint8Array;
}

type Weights = (fraction: number) => readonly number[];

const LINEAR: Weights = (fraction) => [1 - fraction, fraction];
/** Cubic with a = −0.75. */
const A = -0.75;
const CUBIC: Weights = (x) => {
  const near = (d: number) => ((A + 2) * d - (A + 3)) * d * d + 1;
  const far = (d: number) => ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
  return [far(x + 1), near(x), near(1 - x), far(2 - x)];
};

/** For 8-bit samples OpenCV rounds every weight to 11 bits. @see OpenCV resize.cpp, INTER_RESIZE_COEF_BITS */
const fixedPoint = (weight: number): number => Math.round(weight * 2048) / 2048;

/** Source sample and weight of every tap, border repeated. */
function tapsFor(input: number, output: number, weights: Weights) {
  const scale = input / output;
  return Array.from({ length: output }, (_, out) => {
    const position = (out + 0.5) * scale - 0.5;
    const floor = Math.floor(position);
    const taps = weights(position - floor).map(fixedPoint);
    const first = floor - (taps.length / 2 - 1);
    return taps.map((weight, i) => ({
      weight,
      index: Math.max(0, Math.min(input - 1, first + i)),
    }));
  });
}

function resample(image: Samples, { height, width }: Size, weights: Weights): Samples {
  const { channels } = image;
  const rows = tapsFor(image.height, height, weights);
  const columns = tapsFor(image.width, width, weights);
  const data = new Uint8Array(height * width * channels);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        for (const row of rows[y]!) {
          for (const column of columns[x]!) {
            const at = (row.index * image.width + column.index) * channels + channel;
            sum += row.weight * column.weight * image.data[at]!;
          }
        }
        data[(y * width + x) * channels + channel] = Math.max(0, Math.min(255, Math.round(sum)));
      }
    }
  }
  return { height, width, channels, data };
}

/** Bilinear without antialiasing, half-pixel centres. @see OpenCV INTER_LINEAR; deeplab-pytorch resizes images so */
export const resizeLinearOpencv = (image: Samples, size: Size): Samples =>
  resample(image, size, LINEAR);

/** Bicubic, a = −0.75, without antialiasing. @see OpenCV INTER_CUBIC; OAA enlarges its maps so */
export const resizeCubicOpencv = (image: Samples, size: Size): Samples =>
  resample(image, size, CUBIC);

/** Nearest from the upper left corner, not from the pixel centre as Pillow. @see OpenCV INTER_NEAREST */
export function resizeNearestOpencv(image: Samples, { height, width }: Size): Samples {
  const { channels } = image;
  const data = new Uint8Array(height * width * channels);
  const source = (out: number, input: number, output: number) =>
    Math.min(input - 1, Math.floor(out * (input / output)));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = source(y, image.height, height) * image.width + source(x, image.width, width);
      for (let channel = 0; channel < channels; channel += 1) {
        data[(y * width + x) * channels + channel] = image.data[from * channels + channel]!;
      }
    }
  }
  return { height, width, channels, data };
}
