import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { GoldenFile } from "../src/pipeline/parity/golden-file.ts";
import { compareTensor } from "../src/pipeline/parity/golden-rule.ts";

/** Folder of reference files beside the repository; `SEEDMASK_SHARED` names another. */
export const sharedFolder =
  process.env.SEEDMASK_SHARED ?? fileURLToPath(new URL("../../../../shared", import.meta.url));

/** Runs `body` on a reference file, or leaves one plainly named entry where the file is absent. */
export function describeGolden(name: string, body: (golden: GoldenFile) => void): void {
  const path = `${sharedFolder}/golden/${name}.safetensors`;
  if (!existsSync(path)) {
    describe(`golden ${name}`, () => {
      it.todo(`not run: ${name}.safetensors not present; set SEEDMASK_SHARED to its folder`);
    });
    return;
  }
  describe(`golden ${name}`, () => body(new GoldenFile(readFileSync(path), path)));
}

/** Applies the rule that the file itself gives for a tensor. */
export function expectGolden(golden: GoldenFile, tensor: string, ours: ArrayLike<number>): void {
  const rule = golden.rules.get(tensor);
  if (!rule) throw new Error(`${golden.name}: "${tensor}" is no output`);
  const { passed, maxAbs, within, problem } = compareTensor(
    tensor,
    ours,
    golden.values(tensor),
    rule,
  );
  const found = problem ?? `worst difference ${maxAbs}, within tolerance ${within}`;
  expect(passed, `${golden.name}: ${tensor}: ${found}`).toBe(true);
}
