import { buffer } from "node:stream/consumers";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { WeightsError } from "../../contract/errors.ts";
import { type NamedArray, type StateDict, elementCount } from "../../tensor/state-dict.ts";
import { type StoredType, storedArray } from "../../tensor/stored-array.ts";
import { type PickleCall, type PickleDict, type PickleValue, readPickle } from "./pickle.ts";

/** Storage class → number type of its little-endian bytes. */
const STORAGES: Readonly<Record<string, { type: StoredType; bytes: number }>> = {
  FloatStorage: { type: "F32", bytes: 4 },
  DoubleStorage: { type: "F64", bytes: 8 },
  HalfStorage: { type: "F16", bytes: 2 },
  BFloat16Storage: { type: "BF16", bytes: 2 },
  LongStorage: { type: "I64", bytes: 8 },
  IntStorage: { type: "I32", bytes: 4 },
  ByteStorage: { type: "U8", bytes: 1 },
  BoolStorage: { type: "BOOL", bytes: 1 },
};

/** Checkpoints nest once or twice; a hostile file may nest for ever. */
const MOST_NESTING = 4;

const isCall = (value: PickleValue | undefined): value is PickleCall =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "call";
const isTensor = (value: PickleValue | undefined): value is PickleCall =>
  isCall(value) &&
  (value.name === "torch._utils._rebuild_tensor_v2" ||
    value.name === "torch._utils._rebuild_parameter");
const isDict = (value: PickleValue | undefined): value is PickleDict => value instanceof Map;

/** The dict whose values are tensors: the file's own, or one that an outer checkpoint dict holds. */
function stateDictIn(value: PickleValue, depth = 0): PickleDict | null {
  if (!isDict(value) || depth > MOST_NESTING) return null;
  if ([...value.values()].some(isTensor)) return value;
  for (const inner of value.values()) {
    const found = stateDictIn(inner, depth + 1);
    if (found) return found;
  }
  return null;
}

/** A view of a storage as an array of its own in C order, whatever its strides. */
function contiguous(
  storage: NamedArray,
  { offset, shape, strides }: { offset: number; shape: number[]; strides: number[] },
): NamedArray {
  const count = elementCount(shape);
  const index = shape.map(() => 0);
  const gather = <Numbers extends NamedArray["data"]>(source: Numbers, out: Numbers): Numbers => {
    for (let i = 0; i < count; i += 1) {
      out[i] = source[index.reduce((at, step, axis) => at + step * strides[axis]!, offset)]!;
      for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
        index[axis]! += 1;
        if (index[axis]! < shape[axis]!) break;
        index[axis] = 0;
      }
    }
    return out;
  };
  switch (storage.dtype) {
    case "F32":
      return { dtype: "F32", shape, data: gather(storage.data, new Float32Array(count)) };
    case "I32":
      return { dtype: "I32", shape, data: gather(storage.data, new Int32Array(count)) };
    case "U8":
      return { dtype: "U8", shape, data: gather(storage.data, new Uint8Array(count)) };
  }
}

const numbersOf = (value: PickleValue | undefined): number[] | null =>
  Array.isArray(value) && value.every((item) => typeof item === "number") ? value : null;

class TorchArchive {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #zip: ZipFile;
  readonly #path: string;

  constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, path: string) {
    this.#zip = zip;
    this.#entries = entries;
    this.#path = path;
  }

  fail(found: string): WeightsError {
    return new WeightsError(
      `weights: ${this.#path}: expected a PyTorch state dict, got ${found}. ` +
        "Save the model with torch.save(model.state_dict(), path).",
    );
  }

  async bytes(suffix: string): Promise<Buffer> {
    const name = [...this.#entries.keys()].find((key) => key.endsWith(suffix));
    const entry = name === undefined ? undefined : this.#entries.get(name);
    if (!entry) throw this.fail(`a zip without ${suffix}`);
    return buffer(await this.#zip.openReadStreamPromise(entry));
  }

  async tensor(name: string, call: PickleCall): Promise<NamedArray> {
    if (call.name.endsWith("_rebuild_parameter")) {
      const inner = call.args[0];
      if (!isTensor(inner)) throw this.fail(`a parameter "${name}" without a tensor`);
      return this.tensor(name, inner);
    }
    const [storage, offset, size, stride] = call.args;
    const shape = numbersOf(size);
    const strides = numbersOf(stride);
    const id =
      typeof storage === "object" && storage !== null && "kind" in storage
        ? storage.kind === "persistent" && Array.isArray(storage.id) && storage.id
        : null;
    const type = id ? id[1] : null;
    const className =
      typeof type === "object" && type !== null && "kind" in type && type.kind === "global"
        ? type.name.replace("torch.", "")
        : "";
    const format = STORAGES[className];
    if (!id || !format || !shape || !strides || typeof offset !== "number") {
      throw this.fail(
        `tensor "${name}" in a form that is not known (${className || "no storage"})`,
      );
    }
    const bytes = await this.bytes(`/data/${String(id[2])}`);
    const last = shape.reduce((at, extent, axis) => at + (extent - 1) * strides[axis]!, offset);
    if (elementCount(shape) > 0 && (last + 1) * format.bytes > bytes.length) {
      throw this.fail(`tensor "${name}" with too few bytes`);
    }
    const whole = storedArray({ dtype: format.type, shape: [bytes.length / format.bytes] }, bytes);
    return contiguous(whole, { offset, shape, strides });
  }
}

/**
 * Arrays of a `.pth` or `.pt` file as torch.save writes it since 1.6: a zip of a pickle and raw
 * storages. Outer checkpoint dicts are looked through; entries that are no tensors are left out.
 * @throws {WeightsError} when the file is no such zip, or names a class that no state dict needs
 */
export async function readTorchFile(path: string): Promise<StateDict> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch((cause: unknown) => {
    throw new WeightsError(
      `weights: ${path}: expected a PyTorch zip file, got something else. ` +
        "Files older than torch 1.6 must be loaded and saved again there.",
      { cause },
    );
  });
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const archive = new TorchArchive(zip, entries, path);
    const dict = stateDictIn(readPickle(await archive.bytes("data.pkl"), path));
    if (!dict) throw archive.fail("no tensors");
    const arrays = new Map<string, NamedArray>();
    for (const [name, value] of dict) {
      if (typeof name === "string" && isTensor(value)) {
        arrays.set(name, await archive.tensor(name, value));
      }
    }
    return arrays;
  } finally {
    zip.close();
  }
}
