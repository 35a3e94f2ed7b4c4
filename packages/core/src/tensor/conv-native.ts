import { type Geometry, type Pads, samePads } from "./conv-geometry.ts";
import { type Attributes, type NativeBackend, runNative } from "./native.ts";
import { tf } from "./tf.ts";

type Shape = tf.Tensor4D["shape"];

/**
 * TensorFlow's own kernels. Its fast CPU kernels, and the only ones there with gradients of dilated
 * convolutions, know `SAME` and `VALID` but no explicit pads: other pads are put on beforehand.
 */
interface Plan {
  readonly padding: "SAME" | "VALID";
  /** Zeros put on before a `VALID` op. */
  readonly ahead: Pads | null;
}

function planOf(input: Shape, kernel: Shape, { stride, dilation, pads }: Geometry): Plan {
  if (pads.every((pad) => pad === 0)) return { padding: "VALID", ahead: null };
  const same = samePads([input[1], input[2]], [kernel[0], kernel[1]], { stride, dilation });
  const fits = pads.every((pad, side) => pad === same[side]);
  return fits ? { padding: "SAME", ahead: null } : { padding: "VALID", ahead: pads };
}

const attributes = ({ stride, dilation }: Geometry, { padding }: Plan): Attributes => ({
  T: { dtype: "float32" },
  strides: [1, stride, stride, 1],
  dilations: [1, dilation, dilation, 1],
  data_format: "NHWC",
  padding,
});

function padded(x: tf.Tensor4D, { ahead }: Plan): tf.Tensor4D {
  if (ahead === null) return x;
  const [top, bottom, left, right] = ahead;
  return tf.pad4d(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}

function paddedShape([count, height, width, channels]: Shape, { ahead }: Plan): Shape {
  const [top, bottom, left, right] = ahead ?? [0, 0, 0, 0];
  return [count, height + top + bottom, width + left + right, channels];
}

const shapeTensor = (shape: Shape): tf.Tensor1D => tf.tensor1d([...shape], "int32");

/** The three ops of one kind of convolution. */
export interface NativeConv {
  forward(
    backend: NativeBackend,
    x: tf.Tensor4D,
    filter: tf.Tensor4D,
    geometry: Geometry,
  ): tf.Tensor4D;
  input(
    backend: NativeBackend,
    dy: tf.Tensor4D,
    filter: tf.Tensor4D,
    inputShape: Shape,
    geometry: Geometry,
  ): tf.Tensor4D;
  filter(
    backend: NativeBackend,
    x: tf.Tensor4D,
    dy: tf.Tensor4D,
    filterShape: Shape,
    geometry: Geometry,
  ): tf.Tensor4D;
}

const nativeConv = (op: string): NativeConv => ({
  forward(backend, x, filter, geometry) {
    const plan = planOf(x.shape, filter.shape, geometry);
    return runNative(backend, op, attributes(geometry, plan), [padded(x, plan), filter]);
  },
  input(backend, dy, filter, inputShape, geometry) {
    const plan = planOf(inputShape, filter.shape, geometry);
    const whole: tf.Tensor4D = runNative(
      backend,
      `${op}BackpropInput`,
      attributes(geometry, plan),
      [shapeTensor(paddedShape(inputShape, plan)), filter, dy],
    );
    return plan.ahead === null
      ? whole
      : tf.slice4d(whole, [0, plan.ahead[0], plan.ahead[2], 0], [...inputShape]);
  },
  filter(backend, x, dy, filterShape, geometry) {
    const plan = planOf(x.shape, filterShape, geometry);
    return runNative(backend, `${op}BackpropFilter`, attributes(geometry, plan), [
      padded(x, plan),
      shapeTensor(filterShape),
      dy,
    ]);
  },
});

export const nativeConv2d = nativeConv("Conv2D");
export const nativeDepthwise = nativeConv("DepthwiseConv2dNative");
