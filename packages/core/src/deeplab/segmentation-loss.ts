import { IGNORE_INDEX } from "../contract/labels.ts";
import { softmaxCrossEntropy } from "../tensor/cross-entropy.ts";
import { expectShape } from "../tensor/shape.ts";
import { tf } from "../tensor/tf.ts";

/** Mean of `values` where `mask` is 1; 0 where it is nowhere 1. */
const maskedMean = (values: tf.Tensor, mask: tf.Tensor): tf.Scalar =>
  tf.div(tf.sum(tf.mul(values, mask)), tf.maximum(tf.sum(mask), 1));

/**
 * Cross entropy of a segmentation, averaged over pixels that are not ignored.
 *
 * logits     [N, h, w, L]  any real
 * labelMaps  [N, h, w]     label ids; 255 is left out
 * returns    []            ≥ 0
 *
 * balanced   ½ · mean over background pixels + ½ · mean over foreground pixels; default false
 *
 * Empty case: 0, with zero gradient, where no pixel has a label (PyTorch gives NaN).
 * @throws {ShapeError} when the two differ
 * @see Chen et al. 2015, section 3; balanced: the rib repository, issue 5
 */
export function segmentationLoss(
  logits: tf.Tensor4D,
  labelMaps: tf.Tensor3D,
  { balanced = false }: { readonly balanced?: boolean } = {},
): tf.Scalar {
  const extents = expectShape(logits, ["N", "h", "w", "L"], {}, "segmentationLoss");
  expectShape(labelMaps, ["N", "h", "w"], extents, "segmentationLoss");
  return tf.tidy(() => {
    const pixels = tf.reshape<tf.Rank.R1>(tf.cast(labelMaps, "int32"), [-1]); // [N, h, w] -> [P]
    const valid = tf.notEqual(pixels, IGNORE_INDEX);
    const labels = tf.where(valid, pixels, tf.zerosLike(pixels));
    const entropy = softmaxCrossEntropy(tf.reshape(logits, [-1, extents["L"]!]), labels); // [P]
    if (!balanced) return maskedMean(entropy, tf.cast(valid, "float32"));
    const background = tf.logicalAnd(valid, tf.equal(labels, 0));
    const foreground = tf.logicalAnd(valid, tf.notEqual(labels, 0));
    return tf.mul(
      tf.add(
        maskedMean(entropy, tf.cast(background, "float32")),
        maskedMean(entropy, tf.cast(foreground, "float32")),
      ),
      0.5,
    );
  });
}
