import type { DatasetImage, LabelMap, RgbImage } from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";

/** A dataset of no more decoded bytes than this is decoded once and kept. */
const MOST_BYTES = 256 * 2 ** 20;

const RGB_BYTES = 3;
const LABEL_BYTES = 1;

type Read<Decoded> = (entry: DatasetImage) => Promise<Decoded>;

/** All that is asked of a dataset: how large its images are. */
interface Sizes {
  readonly manifest: { readonly images: readonly Pick<DatasetImage, "width" | "height">[] };
}

/** `read`, once an image, where all of them fit into memory; else `read` itself. */
function remembered<Decoded>(
  { manifest }: Sizes,
  read: Read<Decoded>,
  { bytesPerPixel, mostBytes }: { bytesPerPixel: number; mostBytes: number },
): Read<Decoded> {
  const pixels = manifest.images.reduce((sum, { width, height }) => sum + width * height, 0);
  if (pixels * bytesPerPixel > mostBytes) return read;
  const known = new Map<string, Promise<Decoded>>();
  return (entry) => {
    const decoded = known.get(entry.key) ?? read(entry);
    known.set(entry.key, decoded);
    return decoded;
  };
}

/** Keeps the decoded images of a small dataset: an epoch then decodes nothing. Images are read only. */
export const rememberImages = (dataset: Dataset, mostBytes = MOST_BYTES): Dataset => ({
  ...dataset,
  image: remembered<RgbImage>(dataset, (entry) => dataset.image(entry), {
    bytesPerPixel: RGB_BYTES,
    mostBytes,
  }),
});

/** Keeps the decoded training masks of a small dataset. Masks are read only. */
export const rememberMasks = (
  dataset: Sizes,
  read: Read<LabelMap>,
  mostBytes = MOST_BYTES,
): Read<LabelMap> => remembered(dataset, read, { bytesPerPixel: LABEL_BYTES, mostBytes });
