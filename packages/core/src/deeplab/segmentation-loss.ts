import { IGNORE_INDEX } from "../contract/labels.ts";
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
    const valid = tf.notEqual(labelMaps, IGNORE_INDEX);
    const labels = tf.where(valid, labelMaps, tf.zerosLike(labelMaps));
    const target = tf.oneHot(tf.cast(labels, "int32"), extents["L"]!); // [N, h, w] -> [N, h, w, L]
    const entropy = tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(logits)), -1));
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
