import type { LabelMap, RgbImage } from "../contract/index.ts";

export interface Size {
  readonly height: number;
  readonly width: number;
}

const PRECISION_BITS = 22;
const HALF = 1 << (PRECISION_BITS - 1);
const SUPPORT = 2;
/** Keys' cubic with a = −0.5. */
const A = -0.5;

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * A;
  return 0;
}

/** Weights of the input samples that make up each output sample, in 22-bit fixed point. */
interface Taps {
  readonly start: Int32Array;
  readonly count: Int32Array;
  /** [outputs, stride] */
  readonly weights: Int32Array;
  readonly stride: number;
}

function tapsFor(input: number, output: number): Taps {
  const scale = input / output;
  const widening = Math.max(1, scale);
  const support = SUPPORT * widening;
  const stride = Math.ceil(support) * 2 + 1;
  const start = new Int32Array(output);
  const count = new Int32Array(output);
  const weights = new Int32Array(output * stride);
  for (let out = 0; out < output; out += 1) {
    const centre = (out + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const last = Math.min(input, Math.trunc(centre + support + 0.5));
    const exact = Array.from({ length: last - first }, (_, i) =>
      cubic((i + first - centre + 0.5) / widening),
    );
    const sum = exact.reduce((total, weight) => total + weight, 0);
    exact.forEach((weight, i) => {
      const fixed = (weight / sum) * (1 << PRECISION_BITS);
      weights[out * stride + i] = Math.trunc(fixed + (fixed < 0 ? -0.5 : 0.5));
    });
    start[out] = first;
    count[out] = last - first;
  }
  return { start, count, weights, stride };
}

const clip = (value: number): number => Math.max(0, Math.min(255, value >> PRECISION_BITS));

/** [rows, input, 3] → [rows, output, 3] */
function resizeRows(data: Uint8Array, rows: number, input: number, output: number): Uint8Array {
  const { start, count, weights, stride } = tapsFor(input, output);
  const resized = new Uint8Array(rows * output * 3);
  for (let row = 0; row < rows; row += 1) {
    for (let out = 0; out < output; out += 1) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let at = (row * input + start[out]!) * 3;
      for (let tap = out * stride, end = tap + count[out]!; tap < end; tap += 1, at += 3) {
        const weight = weights[tap]!;
        red += data[at]! * weight;
        green += data[at + 1]! * weight;
        blue += data[at + 2]! * weight;
      }
      const to = (row * output + out) * 3;
      resized[to] = clip(red);
      resized[to + 1] = clip(green);
      resized[to + 2] = clip(blue);
    }
  }
  return resized;
}

/** [input, rowBytes] → [output, rowBytes] */
function resizeColumns(data: Uint8Array, rowBytes: number, input: number, output: number) {
  const { start, count, weights, stride } = tapsFor(input, output);
  const resized = new Uint8Array(output * rowBytes);
  const sums = new Int32Array(rowBytes);
  for (let out = 0; out < output; out += 1) {
    sums.fill(HALF);
    for (let tap = 0; tap < count[out]!; tap += 1) {
      const weight = weights[out * stride + tap]!;
      const from = (start[out]! + tap) * rowBytes;
      for (let i = 0; i < rowBytes; i += 1) sums[i]! += data[from + i]! * weight;
    }
    for (let i = 0; i < rowBytes; i += 1) resized[out * rowBytes + i] = clip(sums[i]!);
  }
  return resized;
}

/**
 * Bicubic resize as Pillow does it: antialiased (the kernel widens with the downscale factor),
 * a = −0.5, half-pixel centres, 8-bit between its two passes.
 *
 * @see Pillow 9.4 Resample.c; used by psa, irn and SEAM for multi-scale views
 */
export function resizeImage(image: RgbImage, { height, width }: Size): RgbImage {
  if (height === image.height && width === image.width) return image;
  const narrow =
    width === image.width ? image.data : resizeRows(image.data, image.height, image.width, width);
  const data =
    height === image.height ? narrow : resizeColumns(narrow, width * 3, image.height, height);
  return { height, width, data };
}

/** Source coordinate of each output sample; the position is summed up as Pillow does. */
function nearestPositions(input: number, output: number): Int32Array {
  const positions = new Int32Array(output);
  const scale = input / output;
  let position = scale * 0.5;
  for (let out = 0; out < output; out += 1, position += scale) {
    positions[out] = Math.min(input - 1, Math.trunc(position));
  }
  return positions;
}

/** Nearest-neighbour resize with Pillow's pixel centres; no label is mixed. @see Pillow 9.4 Geometry.c */
export function resizeLabels(labels: LabelMap, { height, width }: Size): LabelMap {
  if (height === labels.height && width === labels.width) return labels;
  const rows = nearestPositions(labels.height, height);
  const columns = nearestPositions(labels.width, width);
  const data = new Uint8Array(height * width);
  for (let y = 0; y < height; y += 1) {
    const from = rows[y]! * labels.width;
    for (let x = 0; x < width; x += 1) data[y * width + x] = labels.data[from + columns[x]!]!;
  }
  return { height, width, data };
}
