import type { DenseCrfConfig, RgbImage } from "../contract/index.ts";
import { createTypedArrayCrf } from "./typed-array-crf.ts";
import type { Unary } from "./unary.ts";
import { createWasmCrf, wasmSupported } from "./wasm-crf.ts";

/** Fully connected CRF of one image; its lattices serve any number of label sets. */
export interface DenseCrf {
  /** unary [L, H, W] → probabilities [L, H, W], ≥ 0, summing to 1 at every pixel. */
  infer(unary: Unary): Float32Array;
  /** The same for several label sets in one pass over the lattices. */
  inferAll(unaries: readonly Unary[]): Float32Array[];
  /** Gives its memory to the next image; the CRF must not be used afterwards. */
  dispose(): void;
}

/**
 * Fully connected CRF over an image's pixels.
 *
 * image    [H, W, 3]  0…255 RGB as it was read
 * returns  inference for any label set; equal input gives equal bytes
 *
 * Empty case: weights of zero or no iterations give softmax(−U).
 * @throws {ShapeError} by infer, when a unary is not of the image's size
 * @see Krähenbühl & Koltun 2011; densecrf v2 as in pydensecrf
 */
export const createDenseCrf = (image: RgbImage, config: DenseCrfConfig): DenseCrf =>
  wasmSupported() ? createWasmCrf(image, config) : createTypedArrayCrf(image, config);
