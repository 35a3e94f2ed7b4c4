import { existsSync } from "node:fs";
import { BackendError } from "../contract/errors.ts";
import { tf } from "./tf.ts";
import { mendKernels } from "./webgpu-kernels.ts";

/** What a WebGPU adapter may grant and its backend wants; the default limits are a phone's. */
const LIMITS = [
  "maxBufferSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
] as const;

/** Where Linux shows a graphics card; other systems always have one. */
const DEVICES = ["/dev/dri", "/dev/nvidiactl", "/dev/dxg"];

/** Whether a look for an adapter is worth loading Dawn. */
export const hasGraphicsCard = (): boolean =>
  process.platform !== "linux" || DEVICES.some((path) => existsSync(path));

const nameOf = ({ description, device, vendor, architecture }: GPUAdapterInfo): string =>
  description || device || `${vendor} ${architecture}`.trim();

/**
 * Dawn, the WebGPU of Chromium, as `navigator.gpu`, where TensorFlow.js looks for it. As long as
 * something refers to it Node does not end by itself.
 */
async function dawn(): Promise<GPU> {
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  const gpu = create([]);
  Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true });
  return gpu;
}

/**
 * Registers TensorFlow.js' WebGPU backend on the best graphics adapter, through Vulkan, Metal or
 * Direct3D: no CUDA needed.
 *
 * @returns the adapter's name, and whether it is software that acts a graphics card
 * @throws {BackendError} when there is no adapter
 */
export async function registerWebGpu(): Promise<{ adapter: string; software: boolean }> {
  const gpu = await dawn();
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new BackendError("WebGPU found no graphics adapter.");
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits });
  // Dawn would say it on standard error and compute on, with wrong numbers.
  device.addEventListener("uncapturederror", ({ error }) => {
    throw new BackendError(`webgpu: expected a valid command, got: ${error.message}`);
  });
  mendKernels();
  // The package registers a factory of its own that asks for a feature in a form Dawn refuses.
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info));
  return { adapter: nameOf(adapter.info), software: adapter.info.isFallbackAdapter };
}
