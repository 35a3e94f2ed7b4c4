/** One named array as it lies in a file: C order, the layout of the reference (OIHW for convs). */
export type NamedArray =
  | { readonly dtype: "F32"; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: "I32"; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: "U8"; readonly shape: readonly number[]; readonly data: Uint8Array };

/** Arrays by state-dict name. */
export type StateDict = ReadonlyMap<string, NamedArray>;

export const float32Array = (shape: readonly number[], data: Float32Array): NamedArray => ({
  dtype: "F32",
  shape,
  data,
});

export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => product * extent, 1);
