import { open, readFile, rename, rm } from "node:fs/promises";
import { endianness } from "node:os";
import { WeightsError } from "../contract/errors.ts";
import { decodeHeader } from "./safetensors-header.ts";
import type { NamedArray, StateDict } from "./state-dict.ts";
import { storedArray } from "./stored-array.ts";

/**
 * Arrays as a file and back. The format: 8 bytes little-endian header length, a JSON header (name →
 * dtype, shape, data_offsets; `__metadata__` holds strings), then raw little-endian data in C order.
 * @see Hugging Face safetensors, format description
 */
export interface Safetensors {
  readonly tensors: StateDict;
  readonly metadata: Readonly<Record<string, string>>;
}

if (endianness() !== "LE")
  throw new WeightsError("safetensors: a little-endian machine is needed.");

/**
 * Reads the arrays of a safetensors file. Half and double precision become F32, I64 becomes I32.
 *
 * @throws {WeightsError} when the header lies about the file, with what is wrong
 */
export function decodeSafetensors(bytes: Uint8Array, where = "safetensors"): Safetensors {
  const { tensors, metadata, dataStart } = decodeHeader(bytes, where);
  const arrays = tensors.map((stored): [string, NamedArray] => [
    stored.name,
    storedArray(stored, bytes.subarray(dataStart + stored.begin, dataStart + stored.end)),
  ]);
  return { tensors: new Map(arrays), metadata };
}

/** A safetensors file in the order of the map; equal arrays give equal bytes. */
export function encodeSafetensors(
  tensors: StateDict,
  metadata: Readonly<Record<string, string>> = {},
): Buffer {
  const header: [string, unknown][] =
    Object.keys(metadata).length === 0 ? [] : [["__metadata__", metadata]];
  let end = 0;
  // The widest types first, so that each array of a file stays aligned to its own width.
  const ordered = [...tensors].toSorted(
    ([, a], [, b]) => Number(a.dtype === "U8") - Number(b.dtype === "U8"),
  );
  for (const [name, { dtype, shape, data }] of ordered) {
    header.push([name, { dtype, shape, data_offsets: [end, end + data.byteLength] }]);
    end += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const padded = Math.ceil(json.length / 8) * 8;
  const file = Buffer.alloc(8 + padded + end, " ");
  file.writeBigUInt64LE(BigInt(padded), 0);
  json.copy(file, 8);
  let at = 8 + padded;
  for (const [, { data }] of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/** Reads a safetensors file from disk. @throws {WeightsError} when it is not one */
export async function readSafetensors(path: string): Promise<Safetensors> {
  return decodeSafetensors(await readFile(path), path);
}

/** Writes a safetensors file whole or not at all: a draft beside it is renamed when it is on disk. */
export async function writeSafetensors(
  path: string,
  tensors: StateDict,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    const file = await open(draft, "w");
    try {
      await file.writeFile(encodeSafetensors(tensors, metadata));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}
