import { extname } from "node:path";
import { readFile } from "node:fs/promises";
import { WeightsError } from "../contract/errors.ts";
import { readSafetensors } from "../tensor/safetensors.ts";
import type { StateDict } from "../tensor/state-dict.ts";
import { decodeMxnetFile } from "./foreign/mxnet-file.ts";
import { readTorchFile } from "./foreign/torch-file.ts";
import type { RegisteredWeights } from "./weights-registry.ts";
import { wideResNet38FromMxnet } from "./wide-resnet38-mxnet.ts";

/** Counters that PyTorch keeps beside norms; no network computes with them. */
export const isBookkeeping = (name: string): boolean => name.endsWith(".num_batches_tracked");

/**
 * Arrays of a weights file under the names of our backbones, whichever framework wrote it.
 *
 * @throws {WeightsError} when the file is of no known kind, or an MXNet file of another network
 */
export async function readStateDict(
  path: string,
  backbone: RegisteredWeights["backbone"],
): Promise<StateDict> {
  switch (extname(path).toLowerCase()) {
    case ".safetensors":
      return (await readSafetensors(path)).tensors;
    case ".pth":
    case ".pt":
      return readTorchFile(path);
    case ".params": {
      if (backbone === "wide-resnet-38") {
        return wideResNet38FromMxnet(decodeMxnetFile(await readFile(path), path));
      }
      throw new WeightsError(
        `${path}: expected MXNet weights of wide-resnet-38, the only ones with a known naming, got a file for ${backbone}. Convert it to safetensors.`,
      );
    }
    default:
      throw new WeightsError(
        `${path}: expected a .safetensors, .pth, .pt or .params file, got ${extname(path) || "no extension"}. Convert it to safetensors.`,
      );
  }
}
