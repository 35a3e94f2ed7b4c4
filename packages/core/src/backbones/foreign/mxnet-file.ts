import { WeightsError } from "../../contract/errors.ts";
import { type NamedArray, type StateDict, elementCount } from "../../tensor/state-dict.ts";
import { type StoredType, storedArray } from "../../tensor/stored-array.ts";

const LIST_MAGIC = 0x112n;
const ARRAY_V1_MAGIC = 0xf993fac8;
const ARRAY_V2_MAGIC = 0xf993fac9;
const MOST_AXES = 8;

/** MXNet type flag → number type and its bytes. */
const TYPES: Readonly<Record<number, { type: StoredType; bytes: number }>> = {
  0: { type: "F32", bytes: 4 },
  1: { type: "F64", bytes: 8 },
  2: { type: "F16", bytes: 2 },
  3: { type: "U8", bytes: 1 },
  4: { type: "I32", bytes: 4 },
  6: { type: "I64", bytes: 8 },
};

class ByteReader {
  #at = 0;
  readonly #bytes: Buffer;
  readonly #file: string;

  constructor(bytes: Buffer, file: string) {
    this.#bytes = bytes;
    this.#file = file;
  }

  fail(expected: string, got: string): WeightsError {
    return new WeightsError(
      `weights: ${this.#file}: expected ${expected}, got ${got}. Give an MXNet .params file.`,
    );
  }

  take(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) {
      throw this.fail(`${count} more bytes at byte ${this.#at}`, "the end of the file");
    }
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  uint32 = (): number => this.take(4).readUInt32LE();
  uint64 = (): bigint => this.take(8).readBigUInt64LE();

  /** A count that the rest of the file can hold, at least one byte an item. */
  count(what: string): number {
    const value = this.uint64();
    if (value > BigInt(this.#bytes.length)) throw this.fail(`a number of ${what}`, String(value));
    return Number(value);
  }
}

function readShape(reader: ByteReader): number[] {
  const magic = reader.uint32();
  if (magic === ARRAY_V2_MAGIC) {
    const storage = reader.uint32();
    if (storage !== 0) throw reader.fail("a dense array", `storage type ${storage}`);
  }
  const wide = magic === ARRAY_V1_MAGIC || magic === ARRAY_V2_MAGIC;
  // Before version 1 the rank stood where the magic number is now, and extents were 32 bits.
  const rank = wide ? reader.uint32() : magic;
  if (rank > MOST_AXES) throw reader.fail(`at most ${MOST_AXES} axes`, String(rank));
  return Array.from({ length: rank }, () => (wide ? Number(reader.uint64()) : reader.uint32()));
}

function readArray(reader: ByteReader): NamedArray {
  const shape = readShape(reader);
  reader.take(8); // the device it lived on
  const flag = reader.uint32();
  const format = TYPES[flag];
  if (!format) throw reader.fail("a known number type", `type flag ${flag}`);
  return storedArray(
    { dtype: format.type, shape },
    reader.take(elementCount(shape) * format.bytes),
  );
}

/**
 * Arrays of an MXNet `.params` file, the only public form of WideResNet-38's ImageNet weights. Names
 * lose their `arg:` and `aux:` prefixes.
 *
 * bytes    the whole file
 * @throws {WeightsError} when the file is none, ends early or holds sparse arrays
 * @see MXNet src/ndarray/ndarray.cc, NDArray::Load
 */
export function decodeMxnetFile(bytes: Buffer, file: string): StateDict {
  const reader = new ByteReader(bytes, file);
  if (reader.uint64() !== LIST_MAGIC) throw reader.fail("an MXNet list of arrays", "another file");
  reader.take(8);
  const arrays = Array.from({ length: reader.count("arrays") }, () => readArray(reader));
  const names = Array.from({ length: reader.count("names") }, () =>
    reader.take(reader.count("letters")).toString("utf8"),
  );
  if (names.length !== arrays.length) {
    throw reader.fail(`${arrays.length} names`, String(names.length));
  }
  return new Map(
    arrays.map((array, at) => [names[at]!.replace(/^(arg|aux):/u, ""), array] as const),
  );
}
