import type { TensorView } from "@seedmask/ui/maps/safetensors";

/** A tensor of a record by name. @throws {TypeError} where it is missing or of another type */
export function tensorOf(
  tensors: ReadonlyMap<string, TensorView>,
  name: string,
  dtype: "U8" | "F32" | "I32",
): TensorView {
  const found = tensors.get(name);
  if (found?.dtype === dtype) return found;
  throw new TypeError(
    `probe file: expected tensor ${name} of ${dtype}, got ${found?.dtype ?? "none"}. Run the stage again.`,
  );
}

export const floats = ({ bytes }: TensorView): Float32Array =>
  new Float32Array(bytes.slice().buffer);
export const integers = ({ bytes }: TensorView): Int32Array => new Int32Array(bytes.slice().buffer);
/** 8-bit values, 255 = 1. */
export const unit = ({ bytes }: TensorView): Float32Array =>
  Float32Array.from(bytes, (value) => value / 255);
