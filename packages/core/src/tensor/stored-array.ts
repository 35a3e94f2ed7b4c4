import type { NamedArray } from "./state-dict.ts";

/** Value of an IEEE half-precision number given by its 16 bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x80_00 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3_ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Number types that weights files store. Half and double precision become F32, I64 becomes I32. */
export type StoredType = "F64" | "F32" | "F16" | "BF16" | "I64" | "I32" | "U8" | "BOOL";

/**
 * Array of a weights file from its little-endian bytes.
 *
 * The bytes are copied into a buffer of their own: a file may start a tensor at any byte.
 */
export function storedArray(
  { dtype, shape }: { dtype: StoredType; shape: readonly number[] },
  bytes: Uint8Array,
): NamedArray {
  const { buffer } = new Uint8Array(bytes);
  switch (dtype) {
    case "F32":
      return { dtype, shape, data: new Float32Array(buffer) };
    case "F64":
      return { dtype: "F32", shape, data: Float32Array.from(new Float64Array(buffer)) };
    case "F16":
      return {
        dtype: "F32",
        shape,
        data: Float32Array.from(new Uint16Array(buffer), halfToNumber),
      };
    case "BF16": {
      const widened = Uint32Array.from(new Uint16Array(buffer), (half) => half << 16);
      return { dtype: "F32", shape, data: new Float32Array(widened.buffer) };
    }
    case "I32":
      return { dtype, shape, data: new Int32Array(buffer) };
    case "I64":
      return { dtype: "I32", shape, data: Int32Array.from(new BigInt64Array(buffer), Number) };
    case "U8":
    case "BOOL":
      return { dtype: "U8", shape, data: new Uint8Array(buffer) };
  }
}
