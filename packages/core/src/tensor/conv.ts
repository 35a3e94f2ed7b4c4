import { ShapeError } from "../contract/errors.ts";
import { type Geometry, geometryOf, meetingPart, type Window } from "./conv-geometry.ts";
import { nativeConv2d, nativeDepthwise } from "./conv-native.ts";
import {
  portableConv2d,
  portableConv2dFilter,
  portableConv2dInput,
  portableDepthwise,
  portableDepthwiseFilter,
  portableDepthwiseInput,
} from "./conv-portable.ts";
import { defineOp } from "./define-op.ts";
import { nativeBackend } from "./native.ts";
import { tf } from "./tf.ts";

/**
 * Convolutions with exact gradients for every padding and dilation that the papers use. TensorFlow.js
 * itself has no gradient for a dilated convolution and no symmetric padding on some backends.
 */
type FilterInputs = { readonly x: tf.Tensor4D; readonly filter: tf.Tensor4D };
type Window4 = { stride: number; dilation: number; pads: number[] };

const geometry = ({ stride, dilation, pads }: Window4): Geometry => {
  const [top, bottom, left, right] = pads as [number, number, number, number];
  return { stride, dilation, pads: [top, bottom, left, right] };
};

const runConv = defineOp<FilterInputs, Window4>("SeedmaskConv2D", {
  saves: ["x", "filter"],
  forward: ({ x, filter }, window) => {
    const backend = nativeBackend();
    return backend === null
      ? portableConv2d(x, filter, geometry(window))
      : nativeConv2d.forward(backend, x, filter, geometry(window));
  },
  gradient: (dy, { x, filter }, _output, window) => {
    const backend = nativeBackend();
    const step = geometry(window);
    const slope = dy as tf.Tensor4D;
    return backend === null
      ? {
          x: () => portableConv2dInput(slope, filter, x.shape, step),
          filter: () => portableConv2dFilter(x, slope, filter.shape, step),
        }
      : {
          x: () => nativeConv2d.input(backend, slope, filter, x.shape, step),
          filter: () => nativeConv2d.filter(backend, x, slope, filter.shape, step),
        };
  },
});

const runDepthwise = defineOp<FilterInputs, Window4>("SeedmaskDepthwiseConv2D", {
  saves: ["x", "filter"],
  forward: ({ x, filter }, window) => {
    const backend = nativeBackend();
    return backend === null
      ? portableDepthwise(x, filter, geometry(window))
      : nativeDepthwise.forward(backend, x, filter, geometry(window));
  },
  gradient: (dy, { x, filter }, _output, window) => {
    const backend = nativeBackend();
    const step = geometry(window);
    const slope = dy as tf.Tensor4D;
    // TensorFlow's own depthwise gradients ignore dilation and say nothing.
    return backend === null || window.dilation > 1
      ? {
          x: () => portableDepthwiseInput(slope, filter, x.shape, step),
          filter: () => portableDepthwiseFilter(x, slope, filter.shape, step),
        }
      : {
          x: () => nativeDepthwise.input(backend, slope, filter, x.shape, step),
          filter: () => nativeDepthwise.filter(backend, x, slope, filter.shape, step),
        };
  },
});

/** The filter and its window over x, without taps that could only read padding. */
function trimmed(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  window: Partial<Window>,
): { filter: tf.Tensor4D; window: Window4 } {
  const input = [x.shape[1], x.shape[2]] as const;
  const kernel = [filter.shape[0], filter.shape[1]] as const;
  const whole = geometryOf(input, kernel, { stride: 1, dilation: 1, padding: 0, ...window });
  const { stride } = whole;
  const part = meetingPart(input, kernel, whole);
  if (part === null) return { filter, window: { ...whole, pads: [...whole.pads] } };
  const { rows, columns, pads } = part;
  const dilation = rows.count === 1 && columns.count === 1 ? 1 : whole.dilation;
  const kept = tf.slice4d(
    filter,
    [rows.first, columns.first, 0, 0],
    [rows.count, columns.count, filter.shape[2], filter.shape[3]],
  );
  return { filter: kept, window: { stride, dilation, pads: [...pads] } };
}

/**
 * Convolution.
 *
 * x         [N, H, W, I]
 * filter    [kh, kw, I, O]
 * returns   [N, h, w, O]  h = floor((H + pads − (kh − 1)·dilation − 1) / stride) + 1
 *
 * stride    ≥ 1, default 1; dilation ≥ 1, default 1; one of the two is 1
 * padding   zeros on every side (default 0), or `same` = TensorFlow's rule
 *
 * @throws {ShapeError} when channels differ or the window does not fit
 * @see Chen et al. 2015, section 3.1 (dilated convolution, there "hole algorithm")
 */
export function conv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  window: Partial<Window> = {},
): tf.Tensor4D {
  if (x.shape[3] !== filter.shape[2]) {
    throw new ShapeError(
      `conv2d: expected ${filter.shape[2]} input channels, got [${x.shape.join(", ")}].`,
    );
  }
  return tf.tidy(() => {
    const { filter: taps, window: facts } = trimmed(x, filter, window);
    return runConv({ x, filter: taps }, facts) as tf.Tensor4D;
  });
}

/**
 * Convolution of each channel with its own filter.
 *
 * x         [N, H, W, C]
 * filter    [kh, kw, C, 1]
 * returns   [N, h, w, C]
 *
 * Options as in `conv2d`.
 * @throws {ShapeError} when channels differ or a channel has more than one filter
 * @see Sandler et al. 2018, section 3.1
 */
export function depthwiseConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  window: Partial<Window> = {},
): tf.Tensor4D {
  if (x.shape[3] !== filter.shape[2] || filter.shape[3] !== 1) {
    throw new ShapeError(
      `depthwiseConv2d: expected a filter [kh, kw, ${x.shape[3]}, 1], got [${filter.shape.join(", ")}].`,
    );
  }
  return tf.tidy(() => {
    const { filter: taps, window: facts } = trimmed(x, filter, window);
    return runDepthwise({ x, filter: taps }, facts) as tf.Tensor4D;
  });
}
