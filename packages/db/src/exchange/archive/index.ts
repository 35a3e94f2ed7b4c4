export { unpackArchive, type UnpackOptions } from "./unpack.ts";
