import type { LaneGroup } from "./lanes.ts";
import { filterInto } from "./lattice-filter.ts";
import type { Lattice } from "./permutohedral-lattice.ts";

/** One Gaussian of the pairwise term, ready to use. */
export interface PairwiseKernel {
  readonly lattice: Lattice;
  /** [P] 1 / √(K·1 + 1e-20): the symmetric normalisation. */
  readonly norm: Float32Array;
  /** [P] weight · norm: what a point receives. */
  readonly weightedNorm: Float32Array;
}

/**
 * A lattice with its normalisation.
 *
 * lattice  of P points
 * returns  norm and weightedNorm [P], > 0
 *
 * weight  ≥ 0; of the kernel in the energy (Potts compatibility)
 *
 * Empty case: no points give an empty norm.
 * @see densecrf pairwise.cpp, DenseKernel::initLattice, NORMALIZE_SYMMETRIC
 */
export function pairwiseKernel(lattice: Lattice, { weight }: { weight: number }): PairwiseKernel {
  const ones = new Float32Array(lattice.points).fill(1);
  const sums = new Float32Array(lattice.points);
  filterInto(lattice, {
    lanes: 1,
    input: ones,
    output: sums,
    scale: ones,
    factor: ones,
    values: new Float32Array(lattice.vertices + 1),
    scratch: new Float32Array(lattice.vertices + 1),
  });
  const norm = sums.map((sum) => 1 / Math.sqrt(sum + 1e-20));
  return { lattice, norm, weightedNorm: norm.map((value) => weight * value) };
}

/**
 * Mean field of a fully connected CRF with Potts compatibility.
 *
 * negativeUnary  [P, lanes]  −U, maps interleaved; one or several label sets side by side
 * returns        [P, lanes]  each label set sums to 1 at every pixel
 *
 * groups      label sets: which lanes each one has
 * iterations  steps, all of them; there is no early stop
 *
 * Empty case: no kernels or no iterations give softmax(−U).
 * Differs from the release: none known; like it, a pixel's own label counts (the paper leaves j = i out).
 * @see Krähenbühl & Koltun 2011, algorithm 1; densecrf.cpp, DenseCRF::inference
 */
export function meanField(
  negativeUnary: Float32Array,
  options: {
    readonly lanes: number;
    readonly groups: readonly LaneGroup[];
    readonly kernels: readonly PairwiseKernel[];
    readonly iterations: number;
  },
): Float32Array {
  const { lanes, groups, kernels, iterations } = options;
  const q = negativeUnary.slice();
  softmaxGroups(q, lanes, groups);
  const energy = new Float32Array(q.length);
  const rows = 1 + Math.max(0, ...kernels.map(({ lattice }) => lattice.vertices));
  const values = new Float32Array(rows * lanes);
  const scratch = new Float32Array(rows * lanes);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    energy.set(negativeUnary);
    for (const { lattice, norm, weightedNorm } of kernels) {
      const maps = { lanes, input: q, output: energy, scale: norm, factor: weightedNorm };
      filterInto(lattice, { ...maps, values, scratch });
    }
    q.set(energy);
    softmaxGroups(q, lanes, groups);
  }
  return q;
}

function softmaxGroups(q: Float32Array, lanes: number, groups: readonly LaneGroup[]): void {
  for (let row = 0; row < q.length; row += lanes) {
    for (const { start, end } of groups) {
      let highest = Number.NEGATIVE_INFINITY;
      for (let at = row + start; at < row + end; at += 1) highest = Math.max(highest, q[at]!);
      let sum = 0;
      for (let at = row + start; at < row + end; at += 1) {
        q[at] = Math.exp(q[at]! - highest);
        sum += q[at]!;
      }
      for (let at = row + start; at < row + end; at += 1) q[at]! /= sum;
    }
  }
}
