import { conv2d } from "../tensor/conv.ts";
import { tf } from "../tensor/tf.ts";

/** The four 1 × 1 convolutions of the affinity head, [1, 1, I, O], under the release's names. */
export interface AffinityHeadWeights {
  /** conv4 → 64. */
  readonly f8_3: tf.Tensor4D;
  /** conv5 → 128. */
  readonly f8_4: tf.Tensor4D;
  /** conv6 → 256. */
  readonly f8_5: tf.Tensor4D;
  /** 448 → 448. */
  readonly f9: tf.Tensor4D;
}

/**
 * Features whose distance says whether two pixels belong together.
 *
 * conv4, conv5, conv6  [N, h, w, D]    backbone features of three depths, the same grid
 * returns              [N, h, w, 448]  > −1
 *
 * @see Ahn & Kwak 2018, figure 3; psa network/resnet38_aff.py, forward
 */
export function affinityFeatures(
  { conv4, conv5, conv6 }: Readonly<Record<"conv4" | "conv5" | "conv6", tf.Tensor4D>>,
  { f8_3, f8_4, f8_5, f9 }: AffinityHeadWeights,
): tf.Tensor4D {
  const depths = [
    tf.elu(conv2d(conv4, f8_3)),
    tf.elu(conv2d(conv5, f8_4)),
    tf.elu(conv2d(conv6, f8_5)),
  ];
  return tf.elu(conv2d(tf.concat(depths, 3), f9));
}
