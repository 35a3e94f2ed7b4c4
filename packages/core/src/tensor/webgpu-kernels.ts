import { tf } from "./tf.ts";

/** What we use of TensorFlow.js' WebGPU backend. */
interface Backend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.BackendValues): tf.TensorInfo;
  disposeData(dataId: object): boolean;
}

type Call = Parameters<tf.KernelFunc>[0];

const original = (name: string): tf.KernelFunc => {
  const kernel = tf.getKernel(name, "webgpu");
  if (kernel === undefined) throw new TypeError(`webgpu: expected a kernel ${name}.`);
  return kernel.kernelFunc;
};

function replace(name: string, kernelFunc: (call: Call) => tf.TensorInfo): void {
  tf.unregisterKernel(name, "webgpu");
  tf.registerKernel({ kernelName: name, backendName: "webgpu", kernelFunc });
}

const single = (made: tf.TensorInfo | tf.TensorInfo[]): tf.TensorInfo =>
  Array.isArray(made) ? made[0]! : made;

/**
 * Puts right the two kernels of @tensorflow/tfjs-backend-webgpu 4.22 that give wrong shaders: a cast
 * of whole numbers to float32 renames them and leaves integers in the buffer, and a transposition of
 * integers stores them as floats.
 */
export function mendKernels(): void {
  const cast = original("Cast");
  const multiply = original("Multiply");
  const transpose = original("Transpose");

  const castTruly = (call: Call): tf.TensorInfo => {
    const { x } = call.inputs;
    if (call.attrs?.["dtype"] !== "float32" || (x!.dtype !== "int32" && x!.dtype !== "bool")) {
      return single(cast(call));
    }
    const backend = call.backend as Backend;
    const one = backend.makeTensorInfo([], "float32", new Float32Array([1]));
    const floats = single(multiply({ ...call, inputs: { a: x!, b: one } }));
    backend.disposeData(one.dataId);
    return floats;
  };

  const transposeTruly = (call: Call): tf.TensorInfo => {
    const { x } = call.inputs;
    if (x!.dtype !== "int32" && x!.dtype !== "bool") return single(transpose(call));
    const backend = call.backend as Backend;
    const floats = castTruly({ ...call, attrs: { dtype: "float32" } });
    const turned = single(transpose({ ...call, inputs: { x: floats } }));
    const whole = single(cast({ ...call, inputs: { x: turned }, attrs: { dtype: x!.dtype } }));
    for (const { dataId } of [floats, turned]) backend.disposeData(dataId);
    return whole;
  };

  replace("Cast", castTruly);
  replace("Transpose", transposeTruly);
}
