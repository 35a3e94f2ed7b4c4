import type { LabelMap } from "../maps/types.ts";
import { fetchFile } from "./file-transport.ts";
import { createResourceCache } from "./resource-cache.ts";
import { type Loaded, useResource } from "./use-resource.ts";

/** Decoded masks of this tab; 64 MB hold about 340 of 500 × 375. */
export const labelMapCache = createResourceCache<LabelMap>({
  // A reader of PNG is a twentieth of what a page loads: it comes with the first mask.
  decode: async (bytes) => (await import("../maps/decode-mask.ts")).decodeMask(bytes),
  bytesOf: (map) => map.data.byteLength,
  capacity: 64_000_000,
  // The transport bundles what is asked for at once; a turn each would take that from it.
  concurrency: 1000,
  fetchBytes: fetchFile,
});

/** The mask behind a URL; null decodes nothing, so a layer that is off costs nothing. */
export const useLabelMap = (url: string | null): Loaded<LabelMap> =>
  useResource(labelMapCache, url);
