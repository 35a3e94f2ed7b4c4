import type { Lattice } from "./permutohedral-lattice.ts";

/**
 * Gaussian filter of many maps at once: splat onto the lattice, blur along its axes, slice back.
 *
 * input    [P, lanes]  maps interleaved, so that one corner is one run of memory
 * returns  into output, [P, lanes]: output += factor[p] · Σ_q k(p, q) · input[q] · scale[q]
 *
 * values, scratch  [M + 1, lanes]  working memory; row M stays zero: the missing neighbours
 *
 * Empty case: no points change nothing.
 * @see Adams et al. 2010, section 3; densecrf permutohedral.cpp, seqCompute
 */
export function filterInto(
  lattice: Lattice,
  maps: {
    readonly lanes: number;
    readonly input: Float32Array;
    readonly output: Float32Array;
    /** [P] multiplies what a point gives. */
    readonly scale: Float32Array;
    /** [P] multiplies what a point receives. */
    readonly factor: Float32Array;
    readonly values: Float32Array;
    readonly scratch: Float32Array;
  },
): void {
  const { lanes, input, output, scale, factor } = maps;
  const { points, vertices, corners, weights, neighbours, dimensions } = lattice;
  const axes = dimensions + 1;
  const used = (vertices + 1) * lanes;

  let values = maps.values;
  let blurred = maps.scratch;
  values.fill(0, 0, used);
  for (let point = 0, corner = 0; point < points; point += 1) {
    const from = point * lanes;
    const pointScale = scale[point]!;
    for (const end = corner + axes; corner < end; corner += 1) {
      const to = corners[corner]! * lanes;
      const weight = Math.fround(weights[corner]! * pointScale);
      for (let lane = 0; lane < lanes; lane += 1) {
        values[to + lane]! += Math.fround(weight * input[from + lane]!);
      }
    }
  }

  blurred.fill(0, vertices * lanes, used);
  for (let axis = 0, at = 0; axis < axes; axis += 1) {
    for (let vertex = 0; vertex < vertices; vertex += 1, at += 2) {
      const before = neighbours[at]! * lanes;
      const after = neighbours[at + 1]! * lanes;
      const own = vertex * lanes;
      for (let lane = 0; lane < lanes; lane += 1) {
        const around = Math.fround(values[before + lane]! + values[after + lane]!);
        blurred[own + lane] = values[own + lane]! + Math.fround(0.5 * around);
      }
    }
    [values, blurred] = [blurred, values];
  }

  const alpha = Math.fround(1 / (1 + 2 ** -dimensions));
  for (let point = 0, corner = 0; point < points; point += 1) {
    const to = point * lanes;
    const pointFactor = Math.fround(factor[point]! * alpha);
    for (const end = corner + axes; corner < end; corner += 1) {
      const from = corners[corner]! * lanes;
      const weight = Math.fround(weights[corner]! * pointFactor);
      for (let lane = 0; lane < lanes; lane += 1) {
        output[to + lane]! += Math.fround(weight * values[from + lane]!);
      }
    }
  }
}
