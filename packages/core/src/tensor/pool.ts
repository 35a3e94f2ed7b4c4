import { defineOp } from "./define-op.ts";
import { nativeBackend } from "./native.ts";
import { tf } from "./tf.ts";

/** Below every activation, inside float32. */
const LOWEST = -1e30;

export interface PoolWindow {
  /** Side of the square window, pixels. */
  readonly window: number;
  readonly stride: number;
  /** Rows and columns put on every side; they never win. */
  readonly padding: number;
  /** Whether a window that hangs over the end still counts, as in Caffe. */
  readonly ceilMode: boolean;
}

/** Rows put after the last so that the last window of `ceil_mode` is whole. */
function overhang(extent: number, { window, stride, padding, ceilMode }: PoolWindow): number {
  if (!ceilMode) return 0;
  const padded = extent + 2 * padding;
  const windows = Math.ceil((padded - window) / stride) + 1;
  // A last window that would start in the padding after the image is left out, as in PyTorch.
  const kept = (windows - 1) * stride >= extent + padding ? windows - 1 : windows;
  return Math.max(0, (kept - 1) * stride + window - padded);
}

/**
 * Largest value of each window.
 *
 * x         [N, H, W, D]
 * returns   [N, h, w, D]  h = floor((H + 2·padding − window) / stride) + 1; ceil in ceil mode
 *
 * @see He et al. 2016, table 1; ceil mode: deeplab-pytorch libs/models/resnet.py, _Stem
 */
export function maxPool(x: tf.Tensor4D, pool: PoolWindow): tf.Tensor4D {
  const { window, stride, padding } = pool;
  const around = (extent: number): [number, number] => [padding, padding + overhang(extent, pool)];
  const pads: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    around(x.shape[1]),
    around(x.shape[2]),
    [0, 0],
  ];
  const unpadded = pads.every(([before, after]) => before + after === 0);
  const pooled = (values: tf.Tensor4D, lowest: number): tf.Tensor4D =>
    tf.maxPool(unpadded ? values : tf.pad4d(values, pads, lowest), window, stride, "valid");
  if (nativeBackend() !== null) return pooled(x, LOWEST);
  return tf.tidy(() => {
    // WebAssembly's gradient is wrong for windows without a positive value, so all are made positive.
    const lift = liftAbove(x);
    return tf.sub(pooled(tf.add(x, lift), 0), lift);
  });
}

/** A constant that makes every value of x at least 1; it carries no gradient. */
function liftAbove(x: tf.Tensor4D): tf.Tensor {
  const constant = tf.customGrad((...inputs) => {
    const values = inputs[0] as tf.Tensor;
    return { value: tf.sub(1, tf.min(values)), gradFunc: () => tf.zerosLike(values) };
  });
  return constant(x);
}

const runAveragePool = defineOp<{ readonly x: tf.Tensor4D }, { shape: number[] }>(
  "SeedmaskAveragePool",
  {
    saves: [],
    forward: ({ x }) => tf.mean(x, [1, 2]),
    gradient: (dy, _inputs, _output, { shape }) => ({
      x: () => {
        const [count, height, width, channels] = shape as [number, number, number, number];
        const share = tf.div(dy, height * width);
        return tf.broadcastTo(tf.reshape(share, [count, 1, 1, channels]), shape);
      },
    }),
  },
);

/** Mean over the grid. [N, h, w, D] → [N, D]. @see Lin et al. 2014, section 3.2 */
export const averagePool = (x: tf.Tensor4D): tf.Tensor2D =>
  runAveragePool({ x }, { shape: [...x.shape] }) as tf.Tensor2D;
