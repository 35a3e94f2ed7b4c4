import { tf } from "./tf.ts";

/** What we use of tfjs-node's backend, which runs any TensorFlow op by name. */
export interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: Readonly<Record<AttributeConstant | NumberConstant, number>> & {
    readonly TF_Version: string;
  };
  executeSingleOutput(name: string, attributes: object[], inputs: tf.TensorInfo[]): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: object[],
    inputs: tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
}

type AttributeConstant =
  | "TF_ATTR_INT"
  | "TF_ATTR_FLOAT"
  | "TF_ATTR_BOOL"
  | "TF_ATTR_STRING"
  | "TF_ATTR_TYPE";
type NumberConstant = "TF_FLOAT" | "TF_INT32" | "TF_BOOL";

/** Name under which tfjs-node registers its backend. */
export const NATIVE_BACKEND = "tensorflow";

/** Attributes of an op: whole numbers are `int`, so a float is written `{ float: 1 }`. */
export type Attributes = Readonly<
  Record<
    string,
    | number
    | readonly number[]
    | boolean
    | string
    | { float: number }
    | { dtype: "float32" | "int32" }
  >
>;

const isNative = (backend: object): backend is NativeBackend =>
  "executeSingleOutput" in backend && "isUsingGpuDevice" in backend;

/** The active backend where it is TensorFlow itself, else null. */
export function nativeBackend(): NativeBackend | null {
  const backend: object = tf.backend();
  return isNative(backend) ? backend : null;
}

function attribute(
  { binding }: NativeBackend,
  name: string,
  value: Attributes[string],
): { name: string; type: number; value: unknown } {
  if (typeof value === "boolean") return { name, type: binding.TF_ATTR_BOOL, value };
  if (typeof value === "string") return { name, type: binding.TF_ATTR_STRING, value };
  if (typeof value === "number" || Array.isArray(value)) {
    return { name, type: binding.TF_ATTR_INT, value };
  }
  if ("float" in value) return { name, type: binding.TF_ATTR_FLOAT, value: value.float };
  if ("dtype" in value) {
    const dtype = value.dtype === "float32" ? binding.TF_FLOAT : binding.TF_INT32;
    return { name, type: binding.TF_ATTR_TYPE, value: dtype };
  }
  throw new TypeError(`native: expected an attribute value for ${name}`);
}

const attributesOf = (backend: NativeBackend, attributes: Attributes): object[] =>
  Object.entries(attributes).map(([name, value]) => attribute(backend, name, value));

/** Runs one TensorFlow op that has one output. Not recorded for gradients. */
export function runNative<Result extends tf.Tensor>(
  backend: NativeBackend,
  op: string,
  attributes: Attributes,
  inputs: tf.TensorInfo[],
): Result {
  return backend.executeSingleOutput(op, attributesOf(backend, attributes), inputs) as Result;
}

/** Runs one TensorFlow op that has several outputs. */
export function runNativeMany(
  backend: NativeBackend,
  op: string,
  attributes: Attributes,
  inputs: tf.TensorInfo[],
  outputs: number,
): tf.Tensor[] {
  return backend.executeMultipleOutputs(op, attributesOf(backend, attributes), inputs, outputs);
}
