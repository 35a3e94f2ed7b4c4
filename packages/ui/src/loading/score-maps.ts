import { readScoreMaps, type ScoreMaps } from "../maps/safetensors.ts";
import { createResourceCache } from "./resource-cache.ts";
import { type Loaded, useResource } from "./use-resource.ts";

export const scoreMapsCache = createResourceCache<ScoreMaps>({
  decode: readScoreMaps,
  bytesOf: (maps) => maps.data.byteLength,
  capacity: 64_000_000,
});

/** The class maps of one image, from its score file. */
export const useScoreMaps = (url: string | null): Loaded<ScoreMaps> =>
  useResource(scoreMapsCache, url);
