import { ShapeError } from "../contract/errors.ts";

/** Rows above, rows below, columns left, columns right. */
export type Pads = readonly [top: number, bottom: number, left: number, right: number];

/**
 * `same` is TensorFlow's rule (output = ceil(input / stride); an odd row goes to the bottom or right),
 * a number is PyTorch's (that many rows and columns on every side).
 */
export type Padding = "same" | number;

export interface Window {
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Padding;
}

/** A window with its pads worked out for one input size. */
export interface Geometry {
  readonly stride: number;
  readonly dilation: number;
  readonly pads: Pads;
}

/** Zeros that TensorFlow's `same` puts before and after one axis. */
function samePadsOf(
  extent: number,
  kernel: number,
  stride: number,
  dilation: number,
): [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const all = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + reach - extent);
  const before = Math.floor(all / 2);
  return [before, all - before];
}

/** Zeros that TensorFlow's `same` puts around an input. @see TensorFlow, tf.nn.convolution, notes on padding */
export function samePads(
  input: readonly [number, number],
  kernel: readonly [number, number],
  { stride, dilation }: Pick<Window, "stride" | "dilation">,
): Pads {
  return [
    ...samePadsOf(input[0], kernel[0], stride, dilation),
    ...samePadsOf(input[1], kernel[1], stride, dilation),
  ];
}

/** Taps first to last along one axis. */
interface TapRange {
  readonly first: number;
  readonly count: number;
}

/**
 * The taps along one axis that meet the input for some output; all others read padding alone. A filter
 * of dilation 12 on a grid of 12 has one such tap of three.
 *
 * Only for stride 1 and outputs as many as inputs; else all taps.
 */
function meetingTaps(
  extent: number,
  kernel: number,
  { stride, dilation }: Pick<Window, "stride" | "dilation">,
  [before, after]: readonly [number, number],
): TapRange {
  const all = { first: 0, count: kernel };
  if (stride !== 1 || before + after !== (kernel - 1) * dilation) return all;
  const meets = (tap: number): boolean => Math.abs(tap * dilation - before) < extent;
  const taps = Array.from({ length: kernel }, (_, tap) => tap).filter(meets);
  const [first, last] = [taps[0], taps.at(-1)];
  if (first === undefined || last === undefined) return all;
  const padsLeft = [before - first * dilation, after - (kernel - 1 - last) * dilation];
  return padsLeft.some((pad) => pad < 0) ? all : { first, count: last - first + 1 };
}

/**
 * The part of a filter that can meet an input, and the pads that then remain.
 *
 * input     [height, width]  pixels
 * kernel    [height, width]  taps
 * returns   null where every tap meets it
 *
 * @see Chen et al. 2017 (DeepLab v3), section 3.3: at large rates a 3×3 filter degenerates to 1×1
 */
export function meetingPart(
  input: readonly [number, number],
  kernel: readonly [number, number],
  geometry: Geometry,
): { readonly rows: TapRange; readonly columns: TapRange; readonly pads: Pads } | null {
  const { dilation, pads } = geometry;
  const [top, bottom, left, right] = pads;
  const rows = meetingTaps(input[0], kernel[0], geometry, [top, bottom]);
  const columns = meetingTaps(input[1], kernel[1], geometry, [left, right]);
  if (rows.count === kernel[0] && columns.count === kernel[1]) return null;
  const after = (taps: number, { first, count }: TapRange): number =>
    (taps - first - count) * dilation;
  return {
    rows,
    columns,
    pads: [
      top - rows.first * dilation,
      bottom - after(kernel[0], rows),
      left - columns.first * dilation,
      right - after(kernel[1], columns),
    ],
  };
}

/** Output rows or columns along one axis. */
const outputExtent = (
  padded: number,
  kernel: number,
  { stride, dilation }: Pick<Window, "stride" | "dilation">,
): number => Math.floor((padded - (kernel - 1) * dilation - 1) / stride) + 1;

/**
 * Pads of a convolution window over one input size.
 *
 * input     [height, width]  pixels
 * kernel    [height, width]  taps
 *
 * @throws {ShapeError} when the window does not fit, or strides and dilates at once
 * @see TensorFlow, tf.nn.convolution, notes on padding
 */
export function geometryOf(
  input: readonly [number, number],
  kernel: readonly [number, number],
  window: Window,
): Geometry {
  const { stride, dilation, padding } = window;
  if (stride > 1 && dilation > 1) {
    throw new ShapeError(
      `convolution: expected stride 1 or dilation 1, got stride ${stride} and dilation ${dilation}.`,
    );
  }
  const pads: Pads =
    padding === "same" ? samePads(input, kernel, window) : [padding, padding, padding, padding];
  const [top, bottom, left, right] = pads;
  const height = outputExtent(input[0] + top + bottom, kernel[0], window);
  const width = outputExtent(input[1] + left + right, kernel[1], window);
  if (height < 1 || width < 1) {
    throw new ShapeError(
      `convolution: expected an input of at least ${kernel.join("×")} taps at dilation ${dilation}, got ${input.join("×")} with padding ${padding}.`,
    );
  }
  return { stride, dilation, pads };
}
