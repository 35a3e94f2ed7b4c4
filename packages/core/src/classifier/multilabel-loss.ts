import { expectShape } from "../tensor/shape.ts";
import { tf } from "../tensor/tf.ts";

/**
 * Multi-label soft margin loss: the binary cross entropy of each class, averaged over classes and
 * images.
 *
 * logits       [N, C]  any real; large ones do not overflow
 * imageLabels  [N, C]  0 or 1
 * returns      []      ≥ 0
 *
 * @throws {ShapeError} when the two differ
 * @see PyTorch, MultiLabelSoftMarginLoss; psa train_cls.py
 */
export function multiLabelSoftMarginLoss(logits: tf.Tensor2D, imageLabels: tf.Tensor2D): tf.Scalar {
  const extents = expectShape(logits, ["N", "C"], {}, "multiLabelSoftMarginLoss");
  expectShape(imageLabels, ["N", "C"], extents, "multiLabelSoftMarginLoss");
  // softplus(x) − y·x is −[y·log σ(x) + (1 − y)·log σ(−x)].
  return tf.tidy(() => tf.mean(tf.sub(tf.softplus(logits), tf.mul(imageLabels, logits))));
}
