import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sharedFolder } from "../../../test/golden.ts";
import { loadBackend } from "../../tensor/backend-rungs.ts";
import { hasBackend } from "../../tensor/testing/with-backend.ts";
import { runParity } from "./run-parity.ts";

/** Every golden file beside the project, or none where the folder is absent. */
function goldenFiles(): string[] {
  try {
    return readdirSync(join(sharedFolder, "golden")).filter((name) =>
      name.endsWith(".safetensors"),
    );
  } catch {
    return [];
  }
}

const files = goldenFiles();
/** A full-width network takes minutes without TensorFlow. */
const portable = files.filter((name) => !name.includes("_formula."));

describe.runIf(files.length === 0)("parity", () => {
  it.todo("not run: no golden files present; set SEEDMASK_SHARED to the folder that holds them");
});

for (const [backend, names] of [
  ["node-gpu-cpu", files],
  ["wasm", portable],
] as const) {
  const here = await hasBackend(backend);
  describe.runIf(here && names.length > 0)(`parity on ${backend}`, () => {
    beforeAll(() => loadBackend(backend));

    it.each(names)("agrees with %s", async (name) => {
      const { tensors } = await runParity(join(sharedFolder, "golden", name));
      expect(tensors.filter(({ passed }) => !passed)).toEqual([]);
      expect(tensors.length).toBeGreaterThan(0);
    });
  });
}
