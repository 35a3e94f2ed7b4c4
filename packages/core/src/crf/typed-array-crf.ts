import type { DenseCrfConfig, RgbImage } from "../contract/index.ts";
import type { DenseCrf } from "./dense-crf.ts";
import { appearanceFeatures, smoothnessFeatures } from "./features.ts";
import { interleaveNegative, placeLanes, separateGroup } from "./lanes.ts";
import { meanField, type PairwiseKernel, pairwiseKernel } from "./mean-field.ts";
import { buildLattice } from "./permutohedral-lattice.ts";
import type { Unary } from "./unary.ts";

/**
 * Fully connected CRF in plain TypeScript: the readable form of the WebAssembly one, and its fallback.
 *
 * image    [H, W, 3]  0…255 RGB as it was read
 * returns  inference for any label set
 *
 * Empty case: weights of zero or no iterations give softmax(−U).
 * @throws {ShapeError} by infer, when a unary is not of the image's size
 * @see createDenseCrf
 */
export function createTypedArrayCrf(image: RgbImage, config: DenseCrfConfig): DenseCrf {
  const pixels = image.height * image.width;
  const kernels: PairwiseKernel[] = [];
  if (config.gaussianWeight > 0) {
    const lattice = buildLattice(smoothnessFeatures(image, config), 2);
    kernels.push(pairwiseKernel(lattice, { weight: config.gaussianWeight }));
  }
  if (config.bilateralWeight > 0) {
    const lattice = buildLattice(appearanceFeatures(image, config), 5);
    kernels.push(pairwiseKernel(lattice, { weight: config.bilateralWeight }));
  }
  const inferAll = (unaries: readonly Unary[]): Float32Array[] => {
    const groups = placeLanes(unaries, { pixels, multiple: 1 });
    const lanes = groups.at(-1)?.end ?? 0;
    const negative = new Float32Array(pixels * lanes);
    interleaveNegative(unaries, groups, negative);
    const q = meanField(negative, { lanes, groups, kernels, iterations: config.iterations });
    return groups.map((group) => separateGroup(q, lanes, group));
  };
  return { inferAll, infer: (unary) => inferAll([unary])[0]!, dispose: () => undefined };
}
