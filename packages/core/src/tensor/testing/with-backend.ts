import { loadBackend } from "../backend-rungs.ts";

/** Backends a test runs on here: a graphics adapter and TensorFlow where there is one, and both portable ones. */
export const TEST_BACKENDS = ["webgpu", "node-gpu-cpu", "wasm", "cpu"] as const;

/** Loads a backend for a test file; false, with nothing changed, where it is not installed. */
export async function hasBackend(name: (typeof TEST_BACKENDS)[number]): Promise<boolean> {
  try {
    await loadBackend(name);
    return true;
  } catch {
    return false;
  }
}
