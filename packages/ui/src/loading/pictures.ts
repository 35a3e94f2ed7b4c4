import { fetchFile } from "./file-transport.ts";
import { createResourceCache } from "./resource-cache.ts";
import { type Loaded, useResource } from "./use-resource.ts";

export interface Picture {
  /** Address inside this tab, for an `img`. */
  readonly src: string;
  readonly bytes: number;
}

/** Thumbnails of this tab, as files: the browser decodes those it shows. 16 MB hold some 4,000. */
export const pictureCache = createResourceCache<Picture>({
  decode: (bytes) => ({
    src: URL.createObjectURL(new Blob([new Uint8Array(bytes)])),
    bytes: bytes.length,
  }),
  bytesOf: ({ bytes }) => bytes,
  release: ({ src }) => URL.revokeObjectURL(src),
  capacity: 16_000_000,
  concurrency: 1000,
  fetchBytes: fetchFile,
});

/** The picture behind a URL, fetched together with others that are asked for at once. */
export const usePicture = (url: string | null): Loaded<Picture> => useResource(pictureCache, url);
