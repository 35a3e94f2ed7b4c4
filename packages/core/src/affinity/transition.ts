import type { AffinityPlanes } from "./affinity-planes.ts";
import type { PixelOffset } from "./pixel-pairs.ts";

/** One step of a random walk, as planes; never a dense matrix. */
export interface Transition {
  readonly height: number;
  readonly width: number;
  readonly offsets: readonly PixelOffset[];
  /** [K, h, w] affinity ^ power: weight of the edge from p to p + offset, both ways. */
  readonly weights: Float32Array;
  /** [h, w] float64, where a weight of 1e-7 still counts beside the 1. 1 + the weights of all edges at a pixel: a column sum of the powered affinity, ≥ 1. */
  readonly degree: Float64Array;
}

/**
 * Sharpened affinities and what normalises them.
 *
 * affinity  [K, h, w]  0…1
 * returns   weights [K, h, w] 0…1, degree [h, w] ≥ 1; the columns of weights / degree sum to 1
 *
 * power  ≥ 1; psa 8, irn 10
 *
 * Empty case: no pairs leave every pixel alone with degree 1.
 * @see Ahn & Kwak 2018, equation 4; psa infer_aff.py
 */
export function transition(
  affinity: AffinityPlanes,
  { power }: { readonly power: number },
): Transition {
  const { height, width, offsets, data } = affinity;
  const pixels = height * width;
  const weights = data.map((value) => (value === 0 ? 0 : value ** power));
  const degree = new Float64Array(pixels).fill(1);
  offsets.forEach(({ dy, dx }, plane) => {
    const step = dy * width + dx;
    for (let p = 0; p < pixels; p += 1) {
      const weight = weights[plane * pixels + p]!;
      // Without an edge p + step may lie outside the grid.
      if (weight === 0) continue;
      degree[p]! += weight;
      degree[p + step]! += weight;
    }
  });
  return { height, width, offsets, weights, degree };
}
