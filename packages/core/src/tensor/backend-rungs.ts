import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import util from "node:util";
import type { BackendName } from "../contract/backend-report.ts";
import { BackendError } from "../contract/errors.ts";
import { NATIVE_BACKEND, nativeBackend } from "./native.ts";
import { tf } from "./tf.ts";
import { hasGraphicsCard, registerWebGpu } from "./webgpu.ts";

export interface Loaded {
  /** What a person would call the device. */
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);

const processorName = (): string => {
  const all = cpus();
  return `${all[0]?.model.trim() ?? process.arch} × ${all.length}`;
};

async function activate(name: string): Promise<void> {
  // Without it the plain JavaScript backend advertises other packages on standard error.
  tf.enableProdMode();
  if (!(await tf.setBackend(name))) throw new BackendError(`${name} could not be initialised.`);
  await tf.ready();
}

/** tfjs-node 4.22 calls two functions that Node 22 deprecates and Node 23 took away. */
function restoreOldUtil(): void {
  const implementations = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, value] of Object.entries(implementations)) {
    Object.defineProperty(util, name, { value, configurable: true, writable: true });
  }
}

/** TensorFlow itself. The same library computes on both devices; which one depends on what it finds. */
async function loadNative(wanted: "gpu" | "cpu"): Promise<Loaded> {
  restoreOldUtil();
  // Warnings and worse only. Two lines that TensorFlow writes before it reads this remain.
  // oxlint-disable-next-line no-process-env -- the library reads this variable when it is loaded
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  // Off by default on processors without AVX-512; TensorFlow's other CPU kernels have no gradient of a
  // dilated convolution, so the self-test would reject the rung there.
  // oxlint-disable-next-line no-process-env -- the library reads this variable when it is loaded
  process.env["TF_ENABLE_ONEDNN_OPTS"] ??= "1";
  try {
    await import("@tensorflow/tfjs-node-gpu");
  } catch (cause) {
    throw new BackendError("the TensorFlow engine is not installed here.", { cause });
  }
  await activate(NATIVE_BACKEND);
  const backend = nativeBackend();
  if (backend === null) throw new BackendError("tfjs-node gave another backend than TensorFlow.");
  if (wanted === "gpu" && !backend.isUsingGpuDevice) {
    throw new BackendError("TensorFlow found no CUDA device.");
  }
  return {
    device: wanted === "gpu" ? "CUDA GPU" : processorName(),
    versions: { tensorflow: backend.binding.TF_Version },
  };
}

/** Software that acts a graphics card is slower than WebAssembly: for whoever asks for it by name. */
async function loadWebGpu(softwareToo: boolean): Promise<Loaded> {
  if (!softwareToo && !hasGraphicsCard()) throw new BackendError("no graphics card here.");
  const { adapter, software } = await registerWebGpu();
  if (software && !softwareToo) throw new BackendError(`WebGPU found only software, ${adapter}.`);
  await activate("webgpu");
  return { device: `${adapter}, WebGPU`, versions: { webgpu: tf.version.tfjs } };
}

async function loadWasm(): Promise<Loaded> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
  await activate("wasm");
  return { device: `${processorName()}, WebAssembly`, versions: { wasm: tf.version.tfjs } };
}

async function loadPlain(): Promise<Loaded> {
  await activate("cpu");
  return { device: `${processorName()}, plain JavaScript`, versions: {} };
}

/**
 * Loads one rung and makes it the active backend.
 *
 * byName  whether somebody asked for this very rung (default), or the ladder came to it
 * @throws {BackendError} when it is not here
 */
export async function loadBackend(
  name: BackendName,
  { byName = true }: { readonly byName?: boolean } = {},
): Promise<Loaded> {
  switch (name) {
    case "node-gpu-cuda":
      return loadNative("gpu");
    case "webgpu":
      return loadWebGpu(byName);
    case "node-gpu-cpu":
      return loadNative("cpu");
    case "wasm":
      return loadWasm();
    case "cpu":
      return loadPlain();
  }
}
