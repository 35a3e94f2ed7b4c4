import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";
import { type PickleCall, type PickleValue, readPickle } from "../../backbones/foreign/pickle.ts";
import { ArtifactError } from "../../contract/index.ts";
import { decodeNpy, type NpyArray, numbersOf, type RefuseArray, splitNpy } from "../npy.ts";

/** Arrays of a file by name; a key that was a number is its decimal. */
export type NamedArrays = ReadonlyMap<string, NpyArray>;

const refuseDict =
  (file: string): RefuseArray =>
  (got) =>
    new ArtifactError(
      `${file}: expected a NumPy array, or a dict of them, got ${got}. Save it with numpy.save(path, {class_index: map}).`,
    );

const isCall = (value: PickleValue | undefined): value is PickleCall =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "call";
/** NumPy 2 moved its modules below numpy._core. */
const isNamed = (value: PickleValue | undefined, name: string): value is PickleCall =>
  isCall(value) && value.name.replace("numpy._core.", "numpy.core.") === name;
const isNdarray = (value: PickleValue | undefined): value is PickleCall =>
  isNamed(value, "numpy.core.multiarray._reconstruct");

/** `<f4` of a pickled dtype: its code from the arguments, its byte order from the state. */
function typeOf(dtype: PickleValue | undefined, refuse: RefuseArray): string {
  const code = isNamed(dtype, "numpy.dtype") ? dtype.args[0] : undefined;
  const order = isCall(dtype) && Array.isArray(dtype.state) ? dtype.state[1] : undefined;
  if (typeof code !== "string" || typeof order !== "string") throw refuse("a type of its own");
  return `${order}${code}`;
}

/** The parts of a pickled ndarray's state. */
function ndarrayState({ state }: PickleCall, refuse: RefuseArray) {
  if (!Array.isArray(state) || !Array.isArray(state[1])) throw refuse("an array without a shape");
  const [, shape, dtype, fortran, content] = state;
  if (fortran === true) throw refuse("Fortran order");
  return { shape: (shape as PickleValue[]).map(Number), dtype, content };
}

function arrayOf(call: PickleCall, refuse: RefuseArray): NpyArray {
  const { shape, dtype, content } = ndarrayState(call, refuse);
  if (!(content instanceof Uint8Array)) throw refuse("an array of objects");
  return numbersOf({ type: typeOf(dtype, refuse), shape }, content, refuse);
}

/** A dict's key as text: a name, a Python integer, or a NumPy one. */
function keyOf(key: PickleValue, refuse: RefuseArray): string {
  if (typeof key === "string" || typeof key === "number") return String(key);
  const [dtype, bytes] = isNamed(key, "numpy.core.multiarray.scalar") ? key.args : [];
  if (!(bytes instanceof Uint8Array)) throw refuse("a key that is neither name nor number");
  const type = typeOf(dtype, refuse);
  return String(numbersOf({ type, shape: [1] }, bytes, refuse).data[0]);
}

/** The dict that numpy.save wrote as an array of one object. Its values that are no arrays are left out. */
function dictOf(body: Uint8Array, file: string, refuse: RefuseArray): NamedArrays {
  const outer = readPickle(Buffer.from(body), file, refuse);
  if (!isNdarray(outer)) throw refuse("an object that is no array");
  const { content } = ndarrayState(outer, refuse);
  const dict = Array.isArray(content) ? content[0] : undefined;
  if (!(dict instanceof Map)) throw refuse("an object that is no dict");
  const arrays = new Map<string, NpyArray>();
  for (const [key, value] of dict) {
    if (isNdarray(value)) arrays.set(keyOf(key, refuse), arrayOf(value, refuse));
  }
  return arrays;
}

/**
 * Arrays of a .npy file: the bare array under the empty name, or those of the dict that psa and irn save.
 * Nothing in a pickle is run; tensors of PyTorch in a dict are left out.
 * @throws {ArtifactError} naming the file
 */
export function readNpy(bytes: Uint8Array, file: string): NamedArrays {
  const refuse = refuseDict(file);
  const { type, body } = splitNpy(bytes, refuse);
  if (type.startsWith("|O")) return dictOf(body, file, refuse);
  return new Map([["", decodeNpy(bytes, file)]]);
}

/** Arrays of a .npz file by name. @throws {ArtifactError} naming the file */
export async function readNpz(bytes: Uint8Array, file: string): Promise<NamedArrays> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes)).catch((cause: unknown) => {
    throw new ArtifactError(`${file}: expected a .npz archive, got a damaged one.`, { cause });
  });
  const arrays = new Map<string, NpyArray>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replace(/\.npy$/u, "");
    const content = await buffer(await zip.openReadStreamPromise(entry));
    arrays.set(name, decodeNpy(content, `${file} ${entry.fileName}`));
  }
  return arrays;
}
