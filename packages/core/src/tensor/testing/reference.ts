/**
 * What the ops should compute, written as their definitions in double precision. For tests only.
 */
export interface Grid {
  readonly shape: readonly [number, number, number, number];
  readonly data: Float64Array;
}

export interface ReferenceWindow {
  readonly stride: number;
  readonly dilation: number;
  /** Rows above, rows below, columns left, columns right. */
  readonly pads: readonly [number, number, number, number];
}

type Visit = (x: number, weight: number, y: number) => void;

/** Calls back with the flat index of every (input, weight, output) that meet in a convolution. */
function eachProduct(
  x: readonly number[],
  filter: readonly number[],
  output: readonly number[],
  { stride, dilation, pads }: ReferenceWindow,
  depthwise: boolean,
  visit: Visit,
): void {
  const [count, height, width, channels] = x as [number, number, number, number];
  const [kernelHeight, kernelWidth, inputs, outputs] = filter as typeof x &
    [number, number, number, number];
  const [, outputHeight, outputWidth, outputChannels] = output as [number, number, number, number];
  for (let n = 0; n < count; n += 1)
    for (let i = 0; i < outputHeight; i += 1)
      for (let j = 0; j < outputWidth; j += 1)
        for (let ky = 0; ky < kernelHeight; ky += 1)
          for (let kx = 0; kx < kernelWidth; kx += 1) {
            const row = i * stride + ky * dilation - pads[0];
            const column = j * stride + kx * dilation - pads[2];
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            for (let o = 0; o < outputChannels; o += 1) {
              const from = depthwise ? o : 0;
              const to = depthwise ? o + 1 : inputs;
              for (let c = from; c < to; c += 1) {
                const weight = depthwise
                  ? (ky * kernelWidth + kx) * channels + c
                  : ((ky * kernelWidth + kx) * inputs + c) * outputs + o;
                visit(
                  ((n * height + row) * width + column) * channels + c,
                  weight,
                  ((n * outputHeight + i) * outputWidth + j) * outputChannels + o,
                );
              }
            }
          }
}

const size = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => product * extent, 1);

export interface ReferenceConv {
  readonly output: Grid;
  /** Gradients of Σ slope · output. */
  gradients(slope: Float64Array): { readonly x: Float64Array; readonly filter: Float64Array };
}

/** Convolution [N, H, W, I] ∗ [kh, kw, I, O], or of each channel alone with [kh, kw, C, 1]. */
export function referenceConv(
  x: Grid,
  filter: Grid,
  window: ReferenceWindow,
  depthwise = false,
): ReferenceConv {
  const { stride, dilation, pads } = window;
  const extent = (axis: 0 | 1): number =>
    Math.floor(
      (x.shape[axis + 1]! +
        pads[axis * 2]! +
        pads[axis * 2 + 1]! -
        (filter.shape[axis]! - 1) * dilation -
        1) /
        stride,
    ) + 1;
  const shape = [
    x.shape[0],
    extent(0),
    extent(1),
    depthwise ? x.shape[3] : filter.shape[3],
  ] as const;
  const each = (visit: Visit): void =>
    eachProduct(x.shape, filter.shape, shape, window, depthwise, visit);
  const output = new Float64Array(size(shape));
  each((from, weight, to) => {
    output[to]! += x.data[from]! * filter.data[weight]!;
  });
  return {
    output: { shape, data: output },
    gradients(slope) {
      const gradients = {
        x: new Float64Array(x.data.length),
        filter: new Float64Array(filter.data.length),
      };
      each((from, weight, to) => {
        gradients.x[from]! += slope[to]! * filter.data[weight]!;
        gradients.filter[weight]! += slope[to]! * x.data[from]!;
      });
      return gradients;
    },
  };
}

/** A fixed, irregular ramp in −1…1 that any language can make again. */
export const ramp = (count: number, step: number): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => (((at * step) % 97) - 48) / 48);

export const rampGrid = (shape: Grid["shape"], step: number): Grid => ({
  shape,
  data: ramp(size(shape), step),
});

/** Largest |a − b| over the largest |b|. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`lengths differ: ${a.length} and ${b.length}`);
  let worst = 0;
  let scale = Number.MIN_VALUE;
  for (let at = 0; at < b.length; at += 1) {
    worst = Math.max(worst, Math.abs(a[at]! - b[at]!));
    scale = Math.max(scale, Math.abs(b[at]!));
  }
  return worst / scale;
}
