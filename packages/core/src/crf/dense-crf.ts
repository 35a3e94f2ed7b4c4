import { type DenseCrfConfig, type RgbImage, ShapeError } from "../contract/index.ts";
import { appearanceFeatures, smoothnessFeatures } from "./features.ts";
import { type LaneGroup, meanField, type PairwiseKernel, pairwiseKernel } from "./mean-field.ts";
import { buildLattice } from "./permutohedral-lattice.ts";
import type { Unary } from "./unary.ts";

/** Fully connected CRF of one image; its lattices serve any number of label sets. */
export interface DenseCrf {
  /** unary [L, H, W] → probabilities [L, H, W], ≥ 0, summing to 1 at every pixel. */
  infer(unary: Unary): Float32Array;
  /** The same for several label sets in one pass over the lattices. */
  inferAll(unaries: readonly Unary[]): Float32Array[];
  /** Gives its memory to the next image; the CRF must not be used afterwards. */
  dispose(): void;
}

/** Lanes [start, end) of each label set when all stand side by side. */
function lanesOf(unaries: readonly Unary[], pixels: number): LaneGroup[] {
  let start = 0;
  return unaries.map(({ labels, data }) => {
    if (data.length !== labels * pixels) {
      throw new ShapeError(
        `crf: expected a unary of ${labels} labels × ${pixels} pixels, got ${data.length} values. ` +
          "Resize the scores to the image first.",
      );
    }
    start += labels;
    return [start - labels, start];
  });
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
export function createDenseCrf(image: RgbImage, config: DenseCrfConfig): DenseCrf {
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
    const groups = lanesOf(unaries, pixels);
    const lanes = groups.at(-1)?.[1] ?? 0;
    const negative = new Float32Array(pixels * lanes);
    unaries.forEach(({ data }, set) => {
      for (let at = 0; at < data.length; at += 1) {
        const lane = groups[set]![0] + Math.floor(at / pixels);
        negative[(at % pixels) * lanes + lane] = -data[at]!;
      }
    });
    const { iterations } = config;
    const q = meanField(negative, { lanes, groups, kernels, iterations });
    return groups.map(([start, end]) => {
      const result = new Float32Array((end - start) * pixels);
      for (let at = 0; at < result.length; at += 1) {
        result[at] = q[(at % pixels) * lanes + start + Math.floor(at / pixels)]!;
      }
      return result;
    });
  };
  return { inferAll, infer: (unary) => inferAll([unary])[0]!, dispose: () => undefined };
}
