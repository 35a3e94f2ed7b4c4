import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ArtifactError } from "../../contract/errors.ts";
import { writeSafetensors } from "../../tensor/safetensors.ts";
import type { NamedArray } from "../../tensor/state-dict.ts";
import { tf } from "../../tensor/tf.ts";
import { type GoldenFile, readGoldenFile } from "./golden-file.ts";
import { compareTensor, type TensorComparison } from "./golden-rule.ts";
import { KERNELS } from "./kernels.ts";
import type { KernelOutputs } from "./kernels/kernel.ts";

export interface ParityReport {
  readonly file: string;
  readonly kernel: string;
  readonly passed: boolean;
  readonly tensors: readonly TensorComparison[];
}

const missing = (name: string): TensorComparison => ({
  name,
  maxAbs: Number.POSITIVE_INFINITY,
  maxRel: Number.POSITIVE_INFINITY,
  within: 0,
  passed: false,
  problem: "not computed",
});

/**
 * Runs our implementation of one golden file and frees every tensor it made.
 * @throws {ArtifactError} when the file names a computation that is not known
 */
export async function computeKernel(golden: GoldenFile): Promise<KernelOutputs> {
  const kernel = KERNELS.get(golden.kernel);
  if (!kernel) {
    throw new ArtifactError(
      `parity: ${golden.name}: expected a known kernel, got "${golden.kernel}". ` +
        `Known are: ${[...KERNELS.keys()].join(", ")}.`,
    );
  }
  tf.engine().startScope();
  try {
    return await kernel(golden);
  } finally {
    tf.engine().endScope();
  }
}

/** Under the reference's type and shape; flat where ours has another number of elements. */
function arrayLike({ dtype, ...theirs }: NamedArray, values: ArrayLike<number>): NamedArray {
  const shape = values.length === theirs.data.length ? theirs.shape : [values.length];
  switch (dtype) {
    case "F32":
      return { dtype, shape, data: Float32Array.from(values) };
    case "I32":
      return { dtype, shape, data: Int32Array.from(values) };
    case "U8":
      return { dtype, shape, data: Uint8Array.from(values) };
  }
}

async function writeOutputs(folder: string, golden: GoldenFile, outputs: KernelOutputs) {
  await mkdir(folder, { recursive: true });
  const tensors = new Map(
    [...golden.rules.keys()].flatMap((name): [string, NamedArray][] => {
      const values = outputs[name];
      return values === undefined ? [] : [[name, arrayLike(golden.array(name), values)]];
    }),
  );
  await writeSafetensors(join(folder, `${golden.name}.safetensors`), tensors, {
    kernel: golden.kernel,
  });
}

/**
 * Compares our implementation with a reference's outputs, tensor by tensor, under the file's rules.
 *
 * write  folder for what we computed, under the same names and layouts; null writes nothing
 *
 * @throws {ArtifactError} when the file cannot be read or names an unknown computation
 */
export async function runParity(
  path: string,
  { write = null }: { write?: string | null } = {},
): Promise<ParityReport> {
  const golden = await readGoldenFile(path);
  const outputs = await computeKernel(golden);
  if (write !== null) await writeOutputs(write, golden, outputs);
  const tensors = [...golden.rules].map(([name, rule]) => {
    const ours = outputs[name];
    return ours === undefined
      ? missing(name)
      : compareTensor(name, ours, golden.values(name), rule);
  });
  return {
    file: path,
    kernel: golden.kernel,
    passed: tensors.every(({ passed }) => passed),
    tensors,
  };
}
