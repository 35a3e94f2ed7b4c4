import { z } from "zod";
import { WeightsError } from "../contract/errors.ts";
import { elementCount } from "./state-dict.ts";

const BYTES_OF = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, U8: 1, BOOL: 1 } as const;
type StoredType = keyof typeof BYTES_OF;

/** The format's own limit; a larger number is not a header length but some other file's bytes. */
const LARGEST_HEADER = 100_000_000;

const extent = z.int().nonnegative();
const entrySchema = z.object({
  dtype: z.enum(Object.keys(BYTES_OF) as [StoredType, ...StoredType[]]),
  shape: z.array(extent).max(16),
  data_offsets: z.tuple([extent, extent]),
});
const metadataSchema = z.record(z.string(), z.string());

export interface StoredTensor {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** Byte range inside the data section. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
  /** First byte of the data section. */
  readonly dataStart: number;
}

function parseJson(bytes: Uint8Array, where: string): Map<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new WeightsError(`${where}: expected a JSON header, got other bytes.`, { cause });
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw new WeightsError(`${where}: expected a JSON object as header, got ${typeof header}.`);
  }
  return new Map(Object.entries(header));
}

function storedTensor(name: string, entry: unknown, where: string): StoredTensor {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    throw new WeightsError(
      `${where}: expected dtype, shape and data_offsets for "${name}", got ${JSON.stringify(entry)}. Types read: ${Object.keys(BYTES_OF).join(", ")}.`,
      { cause: parsed.error },
    );
  }
  const {
    dtype,
    shape,
    data_offsets: [begin, end],
  } = parsed.data;
  const bytes = elementCount(shape) * BYTES_OF[dtype];
  if (end - begin !== bytes) {
    throw new WeightsError(
      `${where}: expected ${bytes} bytes for "${name}" (${dtype} [${shape.join(", ")}]), got ${end - begin}.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** Refuses byte ranges that overlap, leave gaps or run past the file: no honest writer makes them. */
function checkCoverage(tensors: readonly StoredTensor[], dataBytes: number, where: string): void {
  let covered = 0;
  for (const { name, begin, end } of tensors.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== covered) {
      throw new WeightsError(`${where}: expected "${name}" at byte ${covered}, got ${begin}.`);
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    throw new WeightsError(
      `${where}: expected ${covered} bytes of data, got ${dataBytes}. The file may be cut short.`,
    );
  }
}

/** Reads and checks the header alone. @throws {WeightsError} when it does not fit the file */
export function decodeHeader(bytes: Uint8Array, where: string): SafetensorsHeader {
  if (bytes.byteLength < 8) {
    throw new WeightsError(`${where}: expected a safetensors file, got ${bytes.byteLength} bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(LARGEST_HEADER, bytes.byteLength - 8))) {
    throw new WeightsError(
      `${where}: expected a header inside the file, got a length of ${length} bytes. Is it a safetensors file?`,
    );
  }
  const dataStart = 8 + Number(length);
  const entries = parseJson(bytes.subarray(8, dataStart), where);
  const metadata = metadataSchema.safeParse(entries.get("__metadata__") ?? {});
  if (!metadata.success) {
    throw new WeightsError(`${where}: expected strings in __metadata__.`, {
      cause: metadata.error,
    });
  }
  entries.delete("__metadata__");
  const tensors = [...entries].map(([name, entry]) => storedTensor(name, entry, where));
  checkCoverage(tensors, bytes.byteLength - dataStart, where);
  return { tensors, metadata: metadata.data, dataStart };
}
