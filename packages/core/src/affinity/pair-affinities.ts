import { type PixelOffset, pixelOffsets } from "../contract/index.ts";
import { tf } from "../tensor/tf.ts";
import { type PairBorders, pairStarts } from "./pixel-pairs.ts";

export interface PairOptions {
  readonly radiusInFeatures: number;
  readonly borders: PairBorders;
}

/** Where the pairs of one offset start and end on the grid, and how far both are from its rim. */
interface PairWindow {
  readonly from: [number, number];
  readonly to: [number, number];
  readonly size: [number, number];
}

const windowsOf = (
  grid: { readonly height: number; readonly width: number },
  { radiusInFeatures, borders }: PairOptions,
): PairWindow[] =>
  pixelOffsets(radiusInFeatures).map((offset: PixelOffset) => {
    const { rows, left, right } = pairStarts(grid, offset, borders, radiusInFeatures);
    return {
      from: [0, left],
      to: [offset.dy, left + offset.dx],
      size: [Math.max(0, rows), Math.max(0, right - left)],
    };
  });

const isEmpty = ({ size }: PairWindow): boolean => size[0] === 0 || size[1] === 0;

const cut = (x: tf.Tensor4D, [top, left]: [number, number], size: [number, number]): tf.Tensor4D =>
  tf.slice(x, [0, top, left, 0], [-1, ...size, -1]);

/** A window's values on the whole grid, 0 around it. */
function placed(
  window: tf.Tensor4D,
  [top, left]: [number, number],
  [height, width]: [number, number],
): tf.Tensor4D {
  const [, rows, columns] = window.shape;
  return tf.pad4d(window, [
    [0, 0],
    [top, height - top - rows],
    [left, width - left - columns],
    [0, 0],
  ]);
}

/** exp(−mean over channels |difference|) of one offset: [N, rows, columns, 1]. */
function affinityOfWindow(features: tf.Tensor4D, { from, to, size }: PairWindow) {
  const difference = tf.sub<tf.Tensor4D>(cut(features, to, size), cut(features, from, size));
  const affinity = tf.exp<tf.Tensor4D>(tf.neg(tf.mean(tf.abs(difference), 3, true)));
  return { difference, affinity };
}

const forward = (features: tf.Tensor4D, windows: readonly PairWindow[]): tf.Tensor4D => {
  const [count, height, width] = features.shape;
  const planes = windows.map((window) =>
    isEmpty(window)
      ? tf.zeros<tf.Rank.R4>([count, height, width, 1])
      : tf.tidy(() =>
          placed(affinityOfWindow(features, window).affinity, window.from, [height, width]),
        ),
  );
  return tf.concat(planes, 3);
};

/** Differences are made again, so that 34 copies of the features are never alive at once. */
function backward(
  slope: tf.Tensor4D,
  features: tf.Tensor4D,
  windows: readonly PairWindow[],
): tf.Tensor4D {
  const [, height, width, channels] = features.shape;
  let gradient = tf.zerosLike(features);
  windows.forEach((window, plane) => {
    if (isEmpty(window)) return;
    const next = tf.tidy(() => {
      const { difference, affinity } = affinityOfWindow(features, window);
      const { from, to, size } = window;
      const incoming = cut(tf.slice(slope, [0, 0, 0, plane], [-1, -1, -1, 1]), from, size);
      const step = tf.mul(tf.sign(difference), tf.mul(incoming, tf.div(affinity, -channels)));
      const atTo = placed(step as tf.Tensor4D, to, [height, width]);
      const atFrom = placed(step as tf.Tensor4D, from, [height, width]);
      return tf.add<tf.Tensor4D>(gradient, tf.sub(atTo, atFrom));
    });
    gradient.dispose();
    gradient = next;
  });
  return gradient;
}

/**
 * Affinity of every pair of a grid, with a gradient.
 *
 * features  [N, h, w, D]
 * returns   [N, h, w, K]  (0, 1] for the pair (p, p + offset k), 0 where there is no pair
 *
 * radiusInFeatures  feature pixels, exclusive; psa: 5 → K = 34
 * borders           which pairs there are
 *
 * Empty case: a grid smaller than the radius has only the pairs that fit.
 * @see Ahn & Kwak 2018, equation 3; psa network/resnet38_aff.py, forward
 */
export function pairAffinities(features: tf.Tensor4D, options: PairOptions): tf.Tensor4D {
  const windows = windowsOf({ height: features.shape[1], width: features.shape[2] }, options);
  const run = tf.customGrad((...inputs) => {
    const [values, save] = inputs as [tf.Tensor4D, tf.GradSaveFunc];
    save([values]);
    return {
      value: forward(values, windows),
      gradFunc: (dy, saved) => backward(dy as tf.Tensor4D, saved[0] as tf.Tensor4D, windows),
    };
  });
  return run(features) as tf.Tensor4D;
}
