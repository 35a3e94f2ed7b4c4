import { tf } from "../tensor/tf.ts";
import { PAIR_KINDS } from "./affinity-labels.ts";

const EPSILON = 1e-5; // psa train_aff.py: in logs and counts

export interface AffinityLosses {
  readonly background: tf.Scalar;
  readonly foreground: tf.Scalar;
  readonly negative: tf.Scalar;
  /** A quarter of both positive losses and half of the negative one. */
  readonly total: tf.Scalar;
}

/** Mean of `values` over the pairs of one kind, 0 where there are none. */
function meanOfKind(values: tf.Tensor, kinds: tf.Tensor, kind: number): tf.Scalar {
  const chosen = tf.cast(tf.equal(kinds, kind), "float32");
  return tf.div<tf.Scalar>(tf.sum(tf.mul(values, chosen)), tf.add(tf.sum(chosen), EPSILON));
}

/**
 * Pulls affinities of equal labels to 1 and of different ones to 0.
 *
 * affinities  [N, h, w, K]  0…1
 * kinds       [N, h, w, K]  int32, PAIR_KINDS of each pair
 * returns     four scalars ≥ 0; each mean is over the whole batch
 *
 * Empty case: a batch that teaches nothing gives 0 with gradient 0.
 * @see Ahn & Kwak 2018, equations 5 to 8; psa train_aff.py
 */
export function affinityLosses(affinities: tf.Tensor4D, kinds: tf.Tensor4D): AffinityLosses {
  const together = tf.neg(tf.log(tf.add(affinities, EPSILON)));
  const apart = tf.neg(tf.log(tf.sub(1 + EPSILON, affinities)));
  const background = meanOfKind(together, kinds, PAIR_KINDS.backgroundPositive);
  const foreground = meanOfKind(together, kinds, PAIR_KINDS.foregroundPositive);
  const negative = meanOfKind(apart, kinds, PAIR_KINDS.negative);
  const total = tf.addN([
    tf.div<tf.Scalar>(background, 4),
    tf.div<tf.Scalar>(foreground, 4),
    tf.div<tf.Scalar>(negative, 2),
  ]);
  return { background, foreground, negative, total };
}

/** Pair labels of a batch as the tensor the loss wants. planes [N][K · h · w] → [N, h, w, K] int32 @see affinity-labels.ts */
export function pairKindsTensor(
  planes: readonly Uint8Array[],
  { height, width }: { readonly height: number; readonly width: number },
): tf.Tensor4D {
  return tf.tidy(() => {
    const offsets = planes[0]!.length / (height * width);
    const stacked = planes.map((kinds) =>
      tf.transpose(
        tf.tensor3d(Int32Array.from(kinds), [offsets, height, width], "int32"),
        [1, 2, 0],
      ),
    );
    return tf.stack(stacked) as tf.Tensor4D;
  });
}
