import { createHash } from "node:crypto";
import type { DatasetImage } from "../contract/index.ts";

/** What of one image names a dataset's version; SHA-256 of the stored image and of the mask's ids. */
export interface HashedImage {
  readonly entry: Pick<DatasetImage, "id" | "split" | "labels">;
  readonly hashes: { readonly image: string; readonly mask: string | null };
}

/** Name of a dataset version by its content; images ordered by id. */
export function datasetHash(classes: readonly string[], images: Iterable<HashedImage>): string {
  const hash = createHash("sha256").update(JSON.stringify(classes));
  for (const { entry, hashes } of images) {
    const { id, split, labels } = entry;
    hash.update(JSON.stringify([id, split, labels, hashes.image, hashes.mask]));
  }
  return hash.digest("hex");
}
