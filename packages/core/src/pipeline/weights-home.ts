import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findWeights } from "../backbones/weights-registry.ts";
import { WeightsError } from "../contract/index.ts";
import { sha256 } from "./canonical-json.ts";

/** Folder of imported pretrained weights. */
export const weightsHome = (home: string): string => join(home, "weights");

/** Hash of a weights file, so that a result is never reused for other weights of the same name. */
export async function weightsHash(home: string, name: string | null): Promise<string | null> {
  if (name === null) return null;
  try {
    return sha256(await readFile(join(weightsHome(home), findWeights(name).file)));
  } catch (cause) {
    throw new WeightsError(
      `weights: expected ${name} in ${weightsHome(home)}, found none. Import them: seedmask weights import FILE --name ${name}.`,
      { cause },
    );
  }
}
