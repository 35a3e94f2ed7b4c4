import { ArtifactError } from "../contract/errors.ts";
import { type StateDict, float32Array } from "../tensor/state-dict.ts";
import { type Accumulation, type AccumulationImage, createAccumulation } from "./accumulation.ts";
import type { AccumulationRule } from "./accumulate.ts";

/**
 * The arena as plain arrays, for a checkpoint.
 *
 * returns   `visits` [slots], `maximum` and `average` [elements]
 * @see Jiang et al. 2019, section 3.2
 */
export function encodeAccumulation({ visits, maximum, average }: Accumulation): StateDict {
  return new Map([
    ["visits", { dtype: "I32" as const, shape: [visits.length], data: Int32Array.from(visits) }],
    ["maximum", float32Array([maximum.length], maximum)],
    ["average", float32Array([average.length], average)],
  ]);
}

/**
 * The arena of a checkpoint, for the same images and rule.
 *
 * arrays    `visits` [slots], `maximum` and `average` [elements]
 *
 * @throws {ArtifactError} when the arrays are not those of these images: another run's arena
 * @see Jiang et al. 2019, section 3.2
 */
export function decodeAccumulation(
  arrays: StateDict,
  images: readonly AccumulationImage[],
  { rule }: { rule: AccumulationRule },
): Accumulation {
  const accumulation = createAccumulation(images, { rule });
  for (const name of ["visits", "maximum", "average"] as const) {
    const found = arrays.get(name);
    const wanted = accumulation[name];
    if (found?.data.length !== wanted.length) {
      throw new ArtifactError(
        `oaa: expected ${wanted.length} elements in "${name}" of the accumulation, got ` +
          `${found?.data.length ?? "none"}. It belongs to another run; start the accumulation anew.`,
      );
    }
    wanted.set(found.data);
  }
  return accumulation;
}
