import { tf } from "./tf.ts";

/**
 * The same values as a constant: gradients end here, and nothing behind it is computed for them.
 *
 * x         any shape
 * returns   the same shape, sharing memory with x; disposed by itself
 *
 * @see PyTorch, Tensor.detach
 */
export function detach<T extends tf.Tensor>(x: T): T {
  const engine = tf.engine();
  // A clone would be recorded on the tape; a second name for the data is not.
  engine.backend.incRef(x.dataId);
  return engine.makeTensorFromTensorInfo({
    dataId: x.dataId,
    shape: x.shape,
    dtype: x.dtype,
  }) as T;
}
