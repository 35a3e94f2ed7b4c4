/** Masks as files and as run lengths, for those who export them: no tensor is loaded. */
export { decodeLabels, encodeLabels } from "./label-file.ts";
export { encodeRle, rleToString } from "./rle.ts";
export { datasetHash, type HashedImage } from "./dataset-hash.ts";
export { imageKey } from "./image-key.ts";
