import { extname } from "node:path";
import { ArtifactError } from "../../contract/index.ts";
import { decodeSafetensors } from "../../tensor/safetensors.ts";
import type { NpyArray } from "../npy.ts";
import { type NamedArrays, readNpy, readNpz } from "./numpy-file.ts";

/** Score maps as a file of someone else holds them. */
export interface ScoreInput {
  /** [planes, h, w] */
  readonly maps: NpyArray;
  /** What each plane is, in the numbers of the file; null where the file does not say. */
  readonly keys: readonly number[] | null;
}

export const SCORE_EXTENSIONS = [".npy", ".npz", ".safetensors"] as const;

/** Names under which tools keep their maps, the best first: irn's `high_res` is NumPy's, its `cam` PyTorch's. */
const MAP_NAMES = ["high_res", "cam", "probabilities", "scores", "arr_0", ""] as const;
const KEY_NAMES = ["keys", "classes"] as const;

async function arraysOf(bytes: Uint8Array, file: string): Promise<NamedArrays> {
  switch (extname(file).toLowerCase()) {
    case ".npy":
      return readNpy(bytes, file);
    case ".npz":
      return readNpz(bytes, file);
    default: {
      const { tensors } = decodeSafetensors(bytes, file);
      return new Map(
        [...tensors].map(([name, { shape, data }]) => [
          name,
          { shape, data: data instanceof Float32Array ? data : Float32Array.from(data) },
        ]),
      );
    }
  }
}

/** psa's dict: a map of its own for each class. */
function stacked(arrays: NamedArrays, file: string): ScoreInput {
  const keys = [...arrays.keys()].map(Number).toSorted((a, b) => a - b);
  const maps = keys.map((key) => arrays.get(String(key))!);
  const [first] = maps;
  const [height, width, ...more] = first?.shape ?? [0, 0];
  for (const [at, { shape }] of maps.entries()) {
    if (more.length === 0 && shape.length === 2 && shape[0] === height && shape[1] === width) {
      continue;
    }
    throw new ArtifactError(
      `${file}: ${keys[at]}: expected a map [h, w] of the size of the others, got [${shape.join(", ")}]. Save all maps of an image at one size.`,
    );
  }
  const plane = height! * width!;
  const data = new Float32Array(plane * maps.length);
  for (const [at, map] of maps.entries()) data.set(map.data, at * plane);
  return { maps: { shape: [maps.length, height!, width!], data }, keys };
}

/**
 * Score maps of a file: psa's dict {class: [h, w]}, irn's dict {keys, cam, high_res}, our own
 * safetensors, or an array [planes, h, w], bare or under a usual name.
 *
 * @throws {ArtifactError} naming the file and what was found in it
 */
export async function readScoreInput(bytes: Uint8Array, file: string): Promise<ScoreInput> {
  const arrays = await arraysOf(bytes, file);
  if ([...arrays.keys()].every((name) => /^\d+$/u.test(name))) return stacked(arrays, file);
  const name = MAP_NAMES.find((each) => arrays.has(each));
  const maps = name === undefined ? undefined : arrays.get(name);
  if (maps?.shape.length !== 3) {
    const found = [...arrays].map(
      ([each, { shape }]) => `${each || "array"} [${shape.join(", ")}]`,
    );
    throw new ArtifactError(
      `${file}: expected maps [planes, h, w] named ${MAP_NAMES.slice(0, 4).join(", ")} or bare, got ${found.join(", ")}.`,
    );
  }
  const keys = KEY_NAMES.map((each) => arrays.get(each)).find((each) => each !== undefined);
  return { maps, keys: keys === undefined ? null : [...keys.data] };
}
