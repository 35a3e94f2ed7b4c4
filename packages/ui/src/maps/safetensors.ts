/** One tensor of a safetensors file: its shape and a view of its bytes. */
export interface TensorView {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

interface Entry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

const isEntry = (value: unknown): value is Entry => {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Partial<Entry>;
  return (
    typeof entry.dtype === "string" &&
    Array.isArray(entry.shape) &&
    Array.isArray(entry.data_offsets) &&
    entry.data_offsets.length === 2
  );
};

/**
 * Tensors of a safetensors file by name.
 *
 * @throws {RangeError} when the header or a tensor reaches beyond the file
 * @see huggingface/safetensors, Format: 8 bytes header length, JSON header, data
 */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, TensorView> {
  if (bytes.length < 8)
    throw new RangeError("safetensors: expected a header, the file is shorter.");
  const headerLength = Number(
    new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true),
  );
  const start = 8 + headerLength;
  if (start > bytes.length) {
    throw new RangeError(
      `safetensors: the header claims ${headerLength} bytes, the file has ${bytes.length}.`,
    );
  }
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  const tensors = new Map<string, TensorView>();
  for (const [name, entry] of Object.entries(header as Record<string, unknown>)) {
    if (name === "__metadata__" || !isEntry(entry)) continue;
    const [from, to] = entry.data_offsets;
    if (start + to > bytes.length) {
      throw new RangeError(`safetensors: tensor ${name} ends beyond the file. Fetch it again.`);
    }
    tensors.set(name, {
      dtype: entry.dtype,
      shape: entry.shape,
      bytes: bytes.subarray(start + from, start + to),
    });
  }
  return tensors;
}

const aligned = ({ bytes }: TensorView): ArrayBuffer => bytes.slice().buffer;

/** Score maps of one image, one per listed class, on one grid. */
export interface ScoreMaps {
  readonly height: number;
  readonly width: number;
  /** Class indices, ascending, 0…C−1. */
  readonly classes: Int32Array;
  /** `data[(i * height + y) * width + x]` belongs to `classes[i]`. */
  readonly data: Float32Array;
}

/**
 * Reads the score file of an image.
 *
 * `cam` [C', h, w] F32 (or `probabilities` [C' + 1, h, w], background first, which is left out) and
 * `classes` [C'] I32. An image without a labelled class has no map: the result is empty.
 */
export function readScoreMaps(bytes: Uint8Array): ScoreMaps {
  const tensors = readSafetensors(bytes);
  const classes = tensors.get("classes");
  const scores = tensors.get("cam") ?? tensors.get("probabilities");
  if (classes === undefined || scores === undefined || scores.shape.length !== 3) {
    throw new TypeError(
      `score file: expected tensors cam [C', h, w] and classes [C'], got ${[...tensors.keys()].join(", ") || "none"}.`,
    );
  }
  if (scores.dtype !== "F32" || classes.dtype !== "I32") {
    throw new TypeError(
      `score file: expected F32 and I32, got ${scores.dtype} and ${classes.dtype}.`,
    );
  }
  const [channels, height, width] = scores.shape as [number, number, number];
  const present = new Int32Array(aligned(classes));
  const all = new Float32Array(aligned(scores));
  return {
    height,
    width,
    classes: present,
    data: all.subarray((channels - present.length) * height * width),
  };
}
