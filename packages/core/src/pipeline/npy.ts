import { ArtifactError } from "../contract/index.ts";

const MAGIC = "\u0093NUMPY";
const ALIGNMENT = 64;

export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Reads a NumPy array of floats in C order, version 1 to 3.
 * @throws {ArtifactError} naming the file
 * @see numpy.lib.format
 */
export function decodeNpy(bytes: Uint8Array, file: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (got: string): ArtifactError =>
    new ArtifactError(
      `${file}: expected a NumPy array of little-endian floats in C order, got ${got}. Save it with numpy.save(path, array.astype("float32")).`,
    );
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString("latin1") !== MAGIC) {
    throw refuse("another kind of file");
  }
  const wide = view.getUint8(6) > 1;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = Buffer.from(bytes.subarray(start, start + length)).toString("latin1");
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || shapeText === undefined) throw refuse("a broken header");
  if (!/'fortran_order':\s*False/.test(header)) throw refuse("Fortran order");
  const shape = shapeText
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  const count = shape.reduce((product, extent) => product * extent, 1);
  const width = descr === "<f4" ? 4 : descr === "<f8" ? 8 : null;
  if (width === null) throw refuse(`type ${descr}`);
  const body = bytes.slice(start + length);
  if (body.length !== count * width) throw refuse(`${body.length} bytes for ${shape.join("×")}`);
  const data =
    width === 4 ? new Float32Array(body.buffer) : Float32Array.from(new Float64Array(body.buffer));
  return { shape, data };
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
