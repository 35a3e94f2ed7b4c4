import { defineOp } from "./define-op.ts";
import { type NativeBackend, nativeBackend, runNative } from "./native.ts";
import { tf } from "./tf.ts";

/**
 * Where output samples stand on the input grid. `half-pixel`: source = (target + ½)·in/out − ½, as
 * PyTorch's align_corners=False. `corner-aligned`: source = target·(in − 1)/(out − 1).
 */
export type SamplingGrid = "half-pixel" | "corner-aligned";

export interface ResizeOptions {
  readonly height: number;
  readonly width: number;
  readonly grid: SamplingGrid;
}

/**
 * Interpolation weights along one axis.
 *
 * returns   [out, in]  rows sum to one; two neighbours are non-zero
 *
 * @see PyTorch, torch.nn.functional.interpolate, align_corners
 */
export function interpolationMatrix(
  input: number,
  output: number,
  grid: SamplingGrid,
): Float32Array {
  const weights = new Float32Array(output * input);
  for (let target = 0; target < output; target += 1) {
    const source =
      grid === "half-pixel"
        ? Math.max(0, ((target + 0.5) * input) / output - 0.5)
        : output === 1
          ? 0
          : (target * (input - 1)) / (output - 1);
    const low = Math.min(Math.floor(source), input - 1);
    const high = Math.min(low + 1, input - 1);
    const share = source - low;
    weights[target * input + low]! += 1 - share;
    weights[target * input + high]! += share;
  }
  return weights;
}

type Size = { height: number; width: number; halfPixel: boolean };

const gridOf = (halfPixel: boolean): SamplingGrid => (halfPixel ? "half-pixel" : "corner-aligned");

/** Multiplies rows and columns by constant matrices: right forwards and backwards on any backend. */
function byMatrices(x: tf.Tensor4D, { height, width, halfPixel }: Size): tf.Tensor4D {
  const [count, inputHeight, inputWidth, channels] = x.shape;
  const matrix = (input: number, output: number): tf.Tensor2D =>
    tf.tensor2d(interpolationMatrix(input, output, gridOf(halfPixel)), [output, input]);
  return tf.tidy(() => {
    const columns = tf.reshape(x, [count, inputHeight, inputWidth * channels]);
    const tall = tf.matMul(
      tf.tile(tf.expandDims(matrix(inputHeight, height)), [count, 1, 1]),
      columns,
    ); // [N, H, w·D]
    const rows = tf.reshape(tall, [count * height, inputWidth, channels]);
    const whole = tf.matMul(
      tf.tile(tf.expandDims(matrix(inputWidth, width)), [count * height, 1, 1]),
      rows,
    ); // [N·H, W, D]
    return tf.reshape(whole, [count, height, width, channels]);
  });
}

const attributes = ({ halfPixel }: Size) => ({
  T: { dtype: "float32" as const },
  align_corners: !halfPixel,
  half_pixel_centers: halfPixel,
});

function byNative(backend: NativeBackend, x: tf.Tensor4D, size: Size): tf.Tensor4D {
  const target = tf.tensor1d([size.height, size.width], "int32");
  return runNative(backend, "ResizeBilinear", attributes(size), [x, target]);
}

const runResize = defineOp<{ readonly x: tf.Tensor4D }, Size>("SeedmaskResizeBilinear", {
  saves: ["x"],
  forward: ({ x }, size) => {
    const backend = nativeBackend();
    return backend === null ? byMatrices(x, size) : byNative(backend, x, size);
  },
  gradient: (dy, { x }, _output, size) => {
    const backend = nativeBackend();
    return {
      x: () =>
        backend === null
          ? backThroughMatrices(dy as tf.Tensor4D, x.shape, size)
          : runNative(backend, "ResizeBilinearGrad", attributes(size), [dy, x]),
    };
  },
});

/** The transpose of `byMatrices`. */
function backThroughMatrices(
  dy: tf.Tensor4D,
  [count, inputHeight, inputWidth, channels]: tf.Tensor4D["shape"],
  { height, width, halfPixel }: Size,
): tf.Tensor4D {
  const transposed = (input: number, output: number): tf.Tensor2D =>
    tf.transpose(
      tf.tensor2d(interpolationMatrix(input, output, gridOf(halfPixel)), [output, input]),
    );
  const rows = tf.reshape(dy, [count * height, width, channels]);
  const narrow = tf.matMul(
    tf.tile(tf.expandDims(transposed(inputWidth, width)), [count * height, 1, 1]),
    rows,
  ); // [N·H, w, D]
  const columns = tf.reshape(narrow, [count, height, inputWidth * channels]);
  const small = tf.matMul(
    tf.tile(tf.expandDims(transposed(inputHeight, height)), [count, 1, 1]),
    columns,
  ); // [N, h, w·D]
  return tf.reshape(small, [count, inputHeight, inputWidth, channels]);
}

/**
 * Resizes score maps by bilinear interpolation, with the exact gradient.
 *
 * x         [N, h, w, D]
 * returns   [N, H, W, D]  between the least and the greatest value of x
 *
 * grid      which convention; never a default, because each paper's code has its own
 *
 * Differs from TensorFlow.js: its gradient for half-pixel centres is wrong on every backend.
 * @see algorithms of each paper: psa, irn, deeplab-pytorch half-pixel; SEAM corner-aligned
 */
export function resizeScores(x: tf.Tensor4D, { height, width, grid }: ResizeOptions): tf.Tensor4D {
  if (x.shape[1] === height && x.shape[2] === width) return x.clone();
  return runResize({ x }, { height, width, halfPixel: grid === "half-pixel" }) as tf.Tensor4D;
}

const nearest = (input: number, output: number): tf.Tensor1D =>
  tf.tensor1d(
    Int32Array.from({ length: output }, (_, at) => Math.floor(((at + 0.5) * input) / output)),
    "int32",
  );

/**
 * Resizes label maps by taking the nearest pixel, centre to centre, so no label is ever mixed.
 *
 * labels    [N, H, W]  int32 label ids
 * returns   [N, h, w]  only labels that were there
 *
 * @see PIL.Image.NEAREST: source = floor((target + ½)·in/out)
 */
export function resizeLabels(
  labels: tf.Tensor3D,
  { height, width }: { readonly height: number; readonly width: number },
): tf.Tensor3D {
  return tf.tidy(() =>
    tf.gather(
      tf.gather(labels, nearest(labels.shape[1], height), 1),
      nearest(labels.shape[2], width),
      2,
    ),
  );
}
