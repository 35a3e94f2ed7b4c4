/** Masks as files and as run lengths, for those who export them: no tensor is loaded. */
export { decodeLabels, encodeLabels } from "./label-file.ts";
export { encodeRle, rleToString } from "./rle.ts";
