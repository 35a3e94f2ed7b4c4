import { tf } from "./tf.ts";

/** Tensors of one batch by name, images along the first axis of each. */
export type BatchTensors = Readonly<Record<string, tf.Tensor>>;

export interface BatchPart<Batch extends BatchTensors> {
  /** Valid until the next part is asked for. */
  readonly batch: Batch;
  /** Images of the part ÷ images of the batch; the shares sum to 1. */
  readonly share: number;
}

function sliced<Batch extends BatchTensors>(batch: Batch, from: number, count: number): Batch {
  const slices = Object.entries(batch).map(([name, tensor]) => {
    const begin = tensor.shape.map((_, axis) => (axis === 0 ? from : 0));
    return [name, tf.slice(tensor, begin, [count, ...tensor.shape.slice(1)])] as const;
  });
  return Object.fromEntries(slices) as Batch;
}

/**
 * A batch in equal parts, the last one smaller; no more parts than images. One part is the batch itself.
 *
 * batch    [N, …] each
 * returns  [n, …] each, shares n / N
 */
export function* partsOf<Batch extends BatchTensors>(
  batch: Batch,
  parts: number,
): Generator<BatchPart<Batch>> {
  const images = Object.values(batch)[0]?.shape[0] ?? 1;
  const count = Math.ceil(images / parts);
  if (count >= images) return yield { batch, share: 1 };
  for (let from = 0; from < images; from += count) {
    const size = Math.min(count, images - from);
    const part = sliced(batch, from, size);
    try {
      yield { batch: part, share: size / images };
    } finally {
      tf.dispose(Object.values(part));
    }
  }
}
