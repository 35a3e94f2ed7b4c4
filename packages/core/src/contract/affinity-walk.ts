/**
 * The random walk as plain arrays: the pipeline walks whole score maps with it, the affinity inspector
 * of the dashboard plays it from one pixel.
 */

/** A step on the feature grid from one pixel of a pair to the other. */
export interface PixelOffset {
  readonly dy: number;
  readonly dx: number;
}

/**
 * Half of the offsets within a radius: each unordered pair of pixels is named once.
 *
 * returns  [K]  dy ≥ 0; dx > 0 where dy = 0; row by row, left to right
 *
 * radiusInFeatures  feature pixels, exclusive: dy² + dx² < radius². psa, irn walk: 5 → 34; irn training: 10 → 152
 *
 * Empty case: a radius of 1 gives no offsets.
 * @see Ahn & Kwak 2018, section 3.2; psa tool/pyutils.py, get_indices_of_pairs; irn misc/indexing.py, PathIndex
 */
export function pixelOffsets(radiusInFeatures: number): PixelOffset[] {
  const offsets: PixelOffset[] = [];
  for (let dx = 1; dx < radiusInFeatures; dx += 1) offsets.push({ dy: 0, dx });
  for (let dy = 1; dy < radiusInFeatures; dy += 1) {
    for (let dx = 1 - radiusInFeatures; dx < radiusInFeatures; dx += 1) {
      if (dy * dy + dx * dx < radiusInFeatures * radiusInFeatures) offsets.push({ dy, dx });
    }
  }
  return offsets;
}

/**
 * Affinities of all pairs of a grid, one plane per offset: the value at p belongs to the pair
 * (p, p + offset), 0 where that pair has no edge. A pixel's affinity with itself is 1 and not stored.
 */
export interface AffinityPlanes {
  readonly height: number;
  readonly width: number;
  readonly offsets: readonly PixelOffset[];
  /** [K, h, w] 0…1. */
  readonly data: Float32Array;
}

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

/**
 * y[p] = x[p] + Σ weight · x over the edges at p: the powered affinity, symmetric, applied once. In
 * float64: beside x[p], hundreds of tiny messages would be lost to rounding in float32.
 *
 * x, y  [h, w]  y is written
 *
 * @see Ahn & Kwak 2018, equation 4
 */
export function applyAffinity(
  { height, width, offsets, weights }: Transition,
  x: Float64Array,
  y: Float64Array,
): void {
  const pixels = height * width;
  y.set(x);
  for (let plane = 0; plane < offsets.length; plane += 1) {
    const { dy, dx } = offsets[plane]!;
    // A grid narrower than the offset has no such pair, and its step may be negative.
    if (dy >= height || Math.abs(dx) >= width) continue;
    const step = dy * width + dx;
    const start = plane * pixels;
    // step > 0, and past the end there is no edge.
    for (let p = 0; p < pixels - step; p += 1) {
      const weight = weights[start + p]!;
      y[p]! += weight * x[p + step]!;
      y[p + step]! += weight * x[p]!;
    }
  }
}

/**
 * Where the score of one pixel comes from after a walk: its row of the transition's power.
 *
 * pixel    index on the grid
 * returns  one [h, w] for each of `steps`, each ≥ 0 and of sum 1: the score of `pixel` after so many
 *          steps is the mean of the scores before, weighted by it
 *
 * steps    ascending whole numbers ≥ 0
 *
 * Empty case: no steps weigh the pixel alone.
 * @see Ahn & Kwak 2018, equation 5
 */
export function walkSources(
  step: Transition,
  pixel: number,
  steps: readonly number[],
): Float64Array[] {
  let mass = new Float64Array(step.degree.length);
  const share = new Float64Array(mass.length);
  mass[pixel] = 1;
  let done = 0;
  return steps.map((count) => {
    for (; done < count; done += 1) {
      for (let p = 0; p < share.length; p += 1) share[p] = mass[p]! / step.degree[p]!;
      applyAffinity(step, share, mass);
    }
    return mass.slice();
  });
}
