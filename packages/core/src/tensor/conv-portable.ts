import type { Geometry, Pads } from "./conv-geometry.ts";
import { tf } from "./tf.ts";

/** Pads rows and columns with zeros; a negative number takes rows or columns away. */
function padOrCrop(x: tf.Tensor4D, [top, bottom, left, right]: Pads): tf.Tensor4D {
  const cut = [top, bottom, left, right].map((pad) => Math.max(0, -pad)) as [
    number,
    number,
    number,
    number,
  ];
  const grown = [top, bottom, left, right].map((pad) => Math.max(0, pad)) as typeof cut;
  const [count, height, width, channels] = x.shape;
  const kept = cut.some((pad) => pad > 0)
    ? tf.slice4d(
        x,
        [0, cut[0], cut[2], 0],
        [count, height - cut[0] - cut[1], width - cut[2] - cut[3], channels],
      )
    : x;
  if (grown.every((pad) => pad === 0)) return kept;
  return tf.pad4d(kept, [
    [0, 0],
    [grown[0], grown[1]],
    [grown[2], grown[3]],
    [0, 0],
  ]);
}

/** Puts `stride − 1` zeros between neighbours; in rank 3, since WebGPU pads nothing above rank 4. */
function spread(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (stride === 1) return x;
  const [count, height, width, channels] = x.shape;
  const after: [number, number][] = [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ];
  const columns = tf.pad(tf.reshape(x, [count * height * width, 1, channels]), after);
  const rows = tf.pad(tf.reshape(columns, [count * height, 1, width * stride * channels]), after);
  const whole: tf.Tensor4D = tf.reshape(rows, [count, height * stride, width * stride, channels]); // [N, h·s, w·s, C]
  return tf.slice4d(
    whole,
    [0, 0, 0, 0],
    [count, (height - 1) * stride + 1, (width - 1) * stride + 1, channels],
  );
}

/** The gradient of the output, laid out so that a plain convolution with the turned filter gives dX. */
function spreadForInput(
  dy: tf.Tensor4D,
  input: readonly [number, number],
  kernel: readonly [number, number],
  { stride, dilation, pads: [top, , left] }: Geometry,
): tf.Tensor4D {
  const apart = spread(dy, stride);
  const before = [(kernel[0] - 1) * dilation - top, (kernel[1] - 1) * dilation - left] as const;
  return padOrCrop(apart, [
    before[0],
    input[0] + (kernel[0] - 1) * dilation - before[0] - apart.shape[1],
    before[1],
    input[1] + (kernel[1] - 1) * dilation - before[1] - apart.shape[2],
  ]);
}

const inputSize = (shape: readonly number[]): [number, number] => [shape[1]!, shape[2]!];
const kernelSize = (shape: readonly number[]): [number, number] => [shape[0]!, shape[1]!];

/** Convolution out of ops that every backend has. */
export function portableConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  geometry: Geometry,
): tf.Tensor4D {
  const { stride, dilation, pads } = geometry;
  return tf.conv2d(padOrCrop(x, pads), filter, stride, "valid", "NHWC", dilation);
}

/** Gradient of a convolution with respect to its input. @see stack.md, compositions for wasm */
export function portableConv2dInput(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: tf.Tensor4D["shape"],
  geometry: Geometry,
): tf.Tensor4D {
  const turned = tf.transpose(tf.reverse4d(filter, [0, 1]), [0, 1, 3, 2]); // HWIO -> HWOI
  const grid = spreadForInput(dy, inputSize(inputShape), kernelSize(filter.shape), geometry);
  return tf.conv2d(grid, turned, 1, "valid", "NHWC", geometry.dilation);
}

/** Gradient of a convolution with respect to its filter: batch and channels change places. */
export function portableConv2dFilter(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: tf.Tensor4D["shape"],
  { stride, dilation, pads }: Geometry,
): tf.Tensor4D {
  const channelsAsBatch = tf.transpose(padOrCrop(x, pads), [3, 1, 2, 0]); // [N, H, W, I] -> [I, H, W, N]
  const outputAsFilter = tf.transpose(dy, [1, 2, 0, 3]); // [N, h, w, O] -> [h, w, N, O]
  const taps: tf.Tensor4D = tf.conv2d(
    channelsAsBatch,
    outputAsFilter,
    dilation,
    "valid",
    "NHWC",
    stride,
  );
  const [height, width, input, output] = filterShape;
  const kept = tf.slice4d(taps, [0, 0, 0, 0], [input, height, width, output]);
  return tf.transpose(kept, [1, 2, 0, 3]); // [I, kh, kw, O] -> HWIO
}

/** Depthwise convolution; filter [kh, kw, C, 1]. */
export function portableDepthwise(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { stride, dilation, pads }: Geometry,
): tf.Tensor4D {
  return tf.depthwiseConv2d(padOrCrop(x, pads), filter, stride, "valid", "NHWC", dilation);
}

export function portableDepthwiseInput(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: tf.Tensor4D["shape"],
  geometry: Geometry,
): tf.Tensor4D {
  const grid = spreadForInput(dy, inputSize(inputShape), kernelSize(filter.shape), geometry);
  return tf.depthwiseConv2d(
    grid,
    tf.reverse4d(filter, [0, 1]),
    1,
    "valid",
    "NHWC",
    geometry.dilation,
  );
}

export function portableDepthwiseFilter(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: tf.Tensor4D["shape"],
  { stride, dilation, pads }: Geometry,
): tf.Tensor4D {
  const padded = padOrCrop(x, pads);
  const [count, height, width, channels] = dy.shape;
  const [kernelHeight, kernelWidth] = filterShape;
  const taps = Array.from({ length: kernelHeight * kernelWidth }, (_, tap) => {
    const row = Math.floor(tap / kernelWidth) * dilation;
    const column = (tap % kernelWidth) * dilation;
    const seen = tf.stridedSlice(
      padded,
      [0, row, column, 0],
      [count, row + (height - 1) * stride + 1, column + (width - 1) * stride + 1, channels],
      [1, stride, stride, 1],
    );
    return tf.sum(tf.mul(seen, dy), [0, 1, 2]);
  });
  return tf.reshape(tf.stack(taps), filterShape); // [kh·kw, C] -> [kh, kw, C, 1]
}
