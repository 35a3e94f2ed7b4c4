import type { DatasetImage, RgbImage } from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";

/** A dataset of no more decoded bytes than this is decoded once and kept. */
const MOST_BYTES = 256 * 2 ** 20;

/** Keeps the decoded images of a small dataset: an epoch then decodes nothing. Images are read only. */
export function rememberImages(dataset: Dataset, mostBytes = MOST_BYTES): Dataset {
  const bytes = dataset.manifest.images.reduce(
    (sum, { width, height }) => sum + 3 * width * height,
    0,
  );
  if (bytes > mostBytes) return dataset;
  const known = new Map<string, Promise<RgbImage>>();
  return {
    ...dataset,
    image(entry: DatasetImage) {
      const decoded = known.get(entry.key) ?? dataset.image(entry);
      known.set(entry.key, decoded);
      return decoded;
    },
  };
}
