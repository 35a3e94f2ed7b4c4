import { ArtifactError } from "../contract/index.ts";
import { storedArray, type StoredType } from "../tensor/stored-array.ts";

const MAGIC = "\u0093NUMPY";
const ALIGNMENT = 64;

export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** NumPy's type codes that hold numbers, little-endian or of one byte. */
const NUMBER_TYPES: Readonly<Record<string, StoredType>> = {
  "<f2": "F16",
  "<f4": "F32",
  "<f8": "F64",
  "<i4": "I32",
  "<i8": "I64",
  "|u1": "U8",
  "|b1": "BOOL",
};
const TYPE_BYTES = { F16: 2, BF16: 2, F32: 4, F64: 8, I32: 4, I64: 8, U8: 1, BOOL: 1 } as const;

/** The error for what was found in the place of an array. */
export type RefuseArray = (got: string) => ArtifactError;
export const refuseNpy =
  (file: string): RefuseArray =>
  (got) =>
    new ArtifactError(
      `${file}: expected a NumPy array of little-endian floats in C order, got ${got}. Save it with numpy.save(path, array.astype("float32")).`,
    );

/** Numbers of a NumPy type as float32. */
export function numbersOf(
  { type, shape }: { readonly type: string; readonly shape: readonly number[] },
  bytes: Uint8Array,
  refuse: RefuseArray,
): NpyArray {
  const dtype = NUMBER_TYPES[type];
  if (dtype === undefined) throw refuse(`type ${type}`);
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (bytes.length !== count * TYPE_BYTES[dtype]) {
    throw refuse(`${bytes.length} bytes for ${shape.join("×")}`);
  }
  const { data } = storedArray({ dtype, shape }, bytes);
  return { shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

/** Type, shape and bytes of a .npy file, version 1 to 3, in C order. @see numpy.lib.format */
export function splitNpy(
  bytes: Uint8Array,
  refuse: RefuseArray,
): { readonly type: string; readonly shape: number[]; readonly body: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString("latin1") !== MAGIC) {
    throw refuse("another kind of file");
  }
  const wide = view.getUint8(6) > 1;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = Buffer.from(bytes.subarray(start, start + length)).toString("latin1");
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (type === undefined || shapeText === undefined) throw refuse("a broken header");
  if (!/'fortran_order':\s*False/.test(header)) throw refuse("Fortran order");
  const shape = shapeText
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  return { type, shape, body: bytes.subarray(start + length) };
}

/**
 * Reads a NumPy array of numbers in C order.
 * @throws {ArtifactError} naming the file
 * @see numpy.lib.format
 */
export function decodeNpy(bytes: Uint8Array, file: string): NpyArray {
  const refuse = refuseNpy(file);
  const { type, shape, body } = splitNpy(bytes, refuse);
  return numbersOf({ type, shape }, body, refuse);
}

/** Writes floats as a NumPy array, version 1. @see numpy.lib.format */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${extents}), }`;
  const padding = ALIGNMENT - ((10 + text.length + 1) % ALIGNMENT);
  const header = Buffer.from(`${text}${" ".repeat(padding % ALIGNMENT)}\n`, "latin1");
  const prefix = Buffer.alloc(10);
  prefix.write(MAGIC, "latin1");
  prefix.writeUInt8(1, 6);
  prefix.writeUInt16LE(header.length, 8);
  return Buffer.concat([
    prefix,
    header,
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  ]);
}
