import { type AffinityPlanes, pixelOffsets, ShapeError } from "../contract/index.ts";
import { type PairBorders, pairStarts } from "./pixel-pairs.ts";

/**
 * Affinity of every pair from the features of a network.
 *
 * features  [D, h, w]  planar
 * returns   [K, h, w]  exp(−mean over channels |difference|), (0, 1] where there is an edge, else 0
 *
 * radiusInFeatures  feature pixels, exclusive; psa: 5
 * borders           which pairs have an edge; `full` unless a release is to be reproduced
 *
 * Empty case: a single pixel has no pairs.
 * Differs from the release: the paper writes a sum (norm), the code takes the mean, as here.
 * @throws {ShapeError} when values do not divide into channels
 * @see Ahn & Kwak 2018, equation 3; psa network/resnet38_aff.py, forward
 */
export function affinityPlanes(
  features: Float32Array,
  options: {
    readonly height: number;
    readonly width: number;
    readonly radiusInFeatures: number;
    readonly borders: PairBorders;
  },
): AffinityPlanes {
  const { height, width, radiusInFeatures, borders } = options;
  const pixels = height * width;
  const channels = features.length / pixels;
  if (!Number.isInteger(channels)) {
    throw new ShapeError(
      `affinity: expected [D, ${height}, ${width}] features, got ${features.length} values.`,
    );
  }
  const offsets = pixelOffsets(radiusInFeatures);
  const data = new Float32Array(offsets.length * pixels);
  offsets.forEach((offset, plane) => {
    const { rows, left, right } = pairStarts(options, offset, borders, radiusInFeatures);
    const step = offset.dy * width + offset.dx;
    const sums = data.subarray(plane * pixels, (plane + 1) * pixels);
    for (let channel = 0; channel < channels; channel += 1) {
      const start = channel * pixels;
      for (let y = 0; y < rows; y += 1) {
        for (let p = y * width + left; p < y * width + right; p += 1) {
          sums[p]! += Math.abs(features[start + p + step]! - features[start + p]!);
        }
      }
    }
    for (let y = 0; y < rows; y += 1) {
      for (let p = y * width + left; p < y * width + right; p += 1) {
        sums[p] = Math.exp(-sums[p]! / channels);
      }
    }
  });
  return { height, width, offsets, data };
}
