import { tf } from "../tensor/tf.ts";
import {
  boundaryAffinities,
  type InnerGrid,
  innerGrid,
  pairDisplacements,
  pathOffsets,
} from "./boundary-affinity.ts";

const EPSILON = 1e-5; // irn step/train_irn.py: in logs and counts

/** What each pair of inner pixels teaches, [N, rows, columns, K] of 0/1. */
export interface TaughtPairs {
  readonly background: tf.Tensor4D;
  readonly foreground: tf.Tensor4D;
  readonly negative: tf.Tensor4D;
}

/**
 * Pair labels of a label map.
 *
 * labels    [N, h, w]  int32, 0…C; greater labels are ignored
 * returns   [N, rows, columns, K] 0/1 each; disjoint
 *
 * classes  C, foreground classes
 *
 * @see irn voc12/dataloader.py, GetAffinityLabelFromIndices
 */
export function taughtPairs(
  labels: tf.Tensor3D,
  { radiusInFeatures, classes }: { readonly radiusInFeatures: number; readonly classes: number },
): TaughtPairs {
  return tf.tidy(() => {
    const [, height, width] = labels.shape;
    const inner = innerGrid({ height, width }, radiusInFeatures);
    const cut = (dy: number, dx: number) =>
      tf.slice(labels, [0, dy, inner.left + dx], [-1, inner.rows, inner.columns]);
    const from = tf.expandDims(cut(0, 0), 3);
    const to = tf.stack(
      pathOffsets(radiusInFeatures).map(({ dy, dx }) => cut(dy, dx)),
      3,
    );
    const valid = tf.logicalAnd(tf.lessEqual(from, classes), tf.lessEqual(to, classes));
    const equal = tf.logicalAnd(tf.equal(from, to), valid);
    const float = (mask: tf.Tensor) => tf.cast(mask, "float32") as tf.Tensor4D;
    return {
      background: float(tf.logicalAnd(equal, tf.equal(from, 0))),
      foreground: float(tf.logicalAnd(equal, tf.greater(from, 0))),
      negative: float(tf.logicalAnd(tf.notEqual(from, to), valid)),
    };
  });
}

export interface BoundaryLosses {
  readonly positive: tf.Scalar;
  readonly negative: tf.Scalar;
  readonly foregroundDisplacement: tf.Scalar;
  readonly backgroundDisplacement: tf.Scalar;
  /** Half the sum of both affinity losses and half the sum of both displacement losses. */
  readonly total: tf.Scalar;
}

const meanOver = (values: tf.Tensor, chosen: tf.Tensor): tf.Tensor =>
  tf.div(tf.sum(tf.mul(values, chosen)), tf.add(tf.sum(chosen), EPSILON));

/**
 * Losses of IRNet: boundaries part labels, displacements point to a common centre.
 *
 * boundary       [N, h, w, 1]  0…1, after the sigmoid
 * displacements  [N, h, w, 2]  feature pixels
 * returns        five scalars ≥ 0
 *
 * radiusInFeatures  feature pixels, exclusive; irn training: 10
 *
 * Empty case: labels that teach nothing give 0.
 * @see Ahn et al. 2019, equations 4 to 7; irn net/resnet50_irn.py, AffinityDisplacementLoss; step/train_irn.py
 */
export function boundaryLosses(
  boundary: tf.Tensor4D,
  displacements: tf.Tensor4D,
  pairs: TaughtPairs,
  { radiusInFeatures }: { readonly radiusInFeatures: number },
): BoundaryLosses {
  const [, height, width] = boundary.shape;
  const offsets = pathOffsets(radiusInFeatures);
  const inner: InnerGrid = innerGrid({ height, width }, radiusInFeatures);
  const affinities = boundaryAffinities(boundary, offsets, inner);
  const together = tf.neg(tf.log(tf.add(affinities, EPSILON)));
  const apart = tf.neg(tf.log(tf.sub(1 + EPSILON, affinities)));
  const moved = pairDisplacements(displacements, offsets, inner);
  const steps = tf.tensor5d(
    offsets.flatMap(({ dy, dx }) => [dy, dx]),
    [1, 1, 1, offsets.length, 2],
  );
  const displacement = (error: tf.Tensor, chosen: tf.Tensor4D): tf.Scalar =>
    tf.div(
      tf.sum(tf.mul(tf.abs(error), tf.expandDims(chosen, 4))),
      tf.add(tf.mul(2, tf.sum(chosen)), EPSILON),
    );
  const positive: tf.Scalar = tf.div(
    tf.add(meanOver(together, pairs.background), meanOver(together, pairs.foreground)),
    2,
  );
  const negative = meanOver(apart, pairs.negative) as tf.Scalar;
  const foregroundDisplacement = displacement(tf.sub(moved, steps), pairs.foreground);
  const backgroundDisplacement = displacement(moved, pairs.background);
  return {
    positive,
    negative,
    foregroundDisplacement,
    backgroundDisplacement,
    total: tf.div(tf.addN([positive, negative, foregroundDisplacement, backgroundDisplacement]), 2),
  };
}
