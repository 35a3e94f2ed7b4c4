import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { ArtifactError } from "../../contract/errors.ts";
import { decodeSafetensors } from "../../tensor/safetensors.ts";
import type { NamedArray, StateDict } from "../../tensor/state-dict.ts";
import { type GoldenRule, goldenRuleSchema } from "./golden-rule.ts";

const extent = z.int();
const EXTENTS = {
  1: z.tuple([extent]),
  2: z.tuple([extent, extent]),
  3: z.tuple([extent, extent, extent]),
  4: z.tuple([extent, extent, extent, extent]),
  5: z.tuple([extent, extent, extent, extent, extent]),
};
type ExtentSchemas = typeof EXTENTS;

/**
 * Inputs, parameters and outputs of a reference implementation.
 * @see golden/README.md
 */
export class GoldenFile {
  readonly name: string;
  /** Which computation it holds. */
  readonly kernel: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** One rule per tensor that we must produce; every other tensor is an input. */
  readonly rules: ReadonlyMap<string, GoldenRule>;
  readonly #tensors: StateDict;

  constructor(bytes: Uint8Array, path: string) {
    const { tensors, metadata } = decodeSafetensors(bytes, path);
    this.name = basename(path, ".safetensors");
    this.#tensors = tensors;
    this.kernel = metadata.kernel ?? "";
    this.params = this.#json(metadata.params ?? "{}", "params", z.record(z.string(), z.unknown()));
    const rules = z.record(z.string(), goldenRuleSchema);
    this.rules = new Map(Object.entries(this.#json(metadata.outputs ?? "{}", "outputs", rules)));
    if (this.kernel !== "" && this.rules.size === 0) {
      throw this.#error('a rule in metadata "outputs" for every tensor to compare', "none");
    }
    this.#refuseInvalidInputs();
  }

  #json<T>(text: string, key: string, schema: z.ZodType<T>): T {
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      throw this.#error(`metadata "${key}" that can be read`, "something else", cause);
    }
  }

  #error(expected: string, got: string, cause?: unknown): ArtifactError {
    return new ArtifactError(
      `parity: ${this.name}: expected ${expected}, got ${got}. Give a golden file as golden/README.md describes it.`,
      { cause },
    );
  }

  #refuseInvalidInputs(): void {
    for (const [name, { data, dtype }] of this.#tensors) {
      if (dtype !== "F32" || this.rules.has(name)) continue;
      const at = data.findIndex((value) => !Number.isFinite(value));
      if (at >= 0) throw this.#error(`finite numbers in "${name}"`, `${data[at]} at element ${at}`);
    }
  }

  has(tensor: string): boolean {
    return this.#tensors.has(tensor);
  }

  array(tensor: string): NamedArray {
    const found = this.#tensors.get(tensor);
    if (!found) throw this.#error(`a tensor "${tensor}"`, "none");
    return found;
  }

  shape(tensor: string): readonly number[] {
    return this.array(tensor).shape;
  }

  /** Extents of a tensor of that many axes. */
  extents<Rank extends keyof ExtentSchemas>(
    tensor: string,
    rank: Rank,
  ): z.infer<ExtentSchemas[Rank]> {
    const parsed = EXTENTS[rank].safeParse(this.shape(tensor));
    if (parsed.success) return parsed.data as z.infer<ExtentSchemas[Rank]>;
    throw this.#error(`${rank} axes of "${tensor}"`, `[${this.shape(tensor).join(", ")}]`);
  }

  f32(tensor: string): Float32Array {
    const array = this.array(tensor);
    if (array.dtype === "F32") return array.data;
    throw this.#error(`F32 in "${tensor}"`, array.dtype);
  }

  i32(tensor: string): Int32Array {
    const array = this.array(tensor);
    if (array.dtype === "I32") return array.data;
    throw this.#error(`I32 in "${tensor}"`, array.dtype);
  }

  u8(tensor: string): Uint8Array {
    const array = this.array(tensor);
    if (array.dtype === "U8") return array.data;
    throw this.#error(`U8 in "${tensor}"`, array.dtype);
  }

  /** Whatever type the tensor has. */
  values(tensor: string): NamedArray["data"] {
    return this.array(tensor).data;
  }

  param<T>(name: string, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(this.params[name]);
    if (parsed.success) return parsed.data;
    throw this.#error(`parameter "${name}"`, JSON.stringify(this.params[name]) ?? "none");
  }

  number(name: string): number {
    return this.param(name, z.number());
  }

  numbers(name: string): number[] {
    return this.param(name, z.array(z.number()));
  }
}

/** Reads a golden file. @throws {ArtifactError} when it is none, or holds NaN in an input */
export const readGoldenFile = async (path: string): Promise<GoldenFile> =>
  new GoldenFile(
    await readFile(path).catch((cause: unknown) => {
      throw new ArtifactError(`parity: ${path}: expected a golden file, found none to read.`, {
        cause,
      });
    }),
    path,
  );
