import { allocate, mark, release } from "./arena";
import {
  AXES,
  CORNERS,
  NEIGHBOURS,
  NORM,
  POINTS,
  VERTICES,
  WEIGHTED_NORM,
  WEIGHTS,
} from "./lattice";
import { softmax } from "./softmax";

export { allocate, mark, release, reset } from "./arena";
export { buildLattice } from "./lattice";

/**
 * output [P, lanes] += factor[p] · Σ_q k(p, q) · input[q] · scale[q]; lanes is a multiple of 4.
 * values and scratch [M + 1, lanes]. See src/crf/lattice-filter.ts.
 */
function filterInto(
  lattice: usize,
  lanes: i32,
  input: usize,
  output: usize,
  scale: usize,
  factor: usize,
  values: usize,
  scratch: usize,
): void {
  const points = load<i32>(lattice + POINTS);
  const axes = load<i32>(lattice + AXES);
  const vertices = load<i32>(lattice + VERTICES);
  const row = <usize>lanes << 2;
  const corners = load<usize>(lattice + CORNERS);
  const weights = load<usize>(lattice + WEIGHTS);

  memory.fill(values, 0, <usize>(vertices + 1) * row);
  let corner: usize = 0;
  let from = input;
  for (let point = 0; point < points; point++, from += row) {
    const own = load<f32>(scale + (<usize>point << 2));
    if (row == 16) {
      const value = v128.load(from);
      for (let axis = 0; axis < axes; axis++, corner += 4) {
        const to = values + (<usize>load<i32>(corners + corner) << 4);
        const message = f32x4.mul(f32x4.splat(load<f32>(weights + corner) * own), value);
        v128.store(to, f32x4.add(v128.load(to), message));
      }
      continue;
    }
    for (let axis = 0; axis < axes; axis++, corner += 4) {
      const weight = f32x4.splat(load<f32>(weights + corner) * own);
      const to = values + <usize>load<i32>(corners + corner) * row;
      for (let lane: usize = 0; lane < row; lane += 16) {
        const message = f32x4.mul(weight, v128.load(from + lane));
        v128.store(to + lane, f32x4.add(v128.load(to + lane), message));
      }
    }
  }

  memory.fill(scratch + <usize>vertices * row, 0, row);
  const half = f32x4.splat(0.5);
  let neighbour = load<usize>(lattice + NEIGHBOURS);
  for (let axis = 0; axis < axes; axis++) {
    let at: usize = 0;
    for (let vertex = 0; vertex < vertices; vertex++, at += row, neighbour += 8) {
      const before = values + <usize>load<i32>(neighbour) * row;
      const after = values + <usize>load<i32>(neighbour, 4) * row;
      for (let lane: usize = 0; lane < row; lane += 16) {
        const around = f32x4.add(v128.load(before + lane), v128.load(after + lane));
        const own = v128.load(values + at + lane);
        v128.store(scratch + at + lane, f32x4.add(own, f32x4.mul(half, around)));
      }
    }
    const blurred = scratch;
    scratch = values;
    values = blurred;
  }

  const alpha = <f32>(1.0 / (1.0 + 1.0 / <f64>(1 << (axes - 1))));
  corner = 0;
  let to = output;
  for (let point = 0; point < points; point++, to += row) {
    const own = load<f32>(factor + (<usize>point << 2)) * alpha;
    if (row == 16) {
      let sum = v128.load(to);
      for (let axis = 0; axis < axes; axis++, corner += 4) {
        const vertex = values + (<usize>load<i32>(corners + corner) << 4);
        const weight = f32x4.splat(load<f32>(weights + corner) * own);
        sum = f32x4.add(sum, f32x4.mul(weight, v128.load(vertex)));
      }
      v128.store(to, sum);
      continue;
    }
    for (let axis = 0; axis < axes; axis++, corner += 4) {
      const weight = f32x4.splat(load<f32>(weights + corner) * own);
      const vertex = values + <usize>load<i32>(corners + corner) * row;
      for (let lane: usize = 0; lane < row; lane += 16) {
        const message = f32x4.mul(weight, v128.load(vertex + lane));
        v128.store(to + lane, f32x4.add(v128.load(to + lane), message));
      }
    }
  }
}

/** Adds the symmetric normalisation of a kernel of this weight to its lattice. */
export function normalise(lattice: usize, weight: f64): void {
  const points = load<i32>(lattice + POINTS);
  const vertices = load<i32>(lattice + VERTICES);
  const norm = allocate(<usize>points << 2);
  const weighted = allocate(<usize>points << 2);
  const before = mark();
  const ones = allocate(<usize>points << 2);
  const input = allocate(<usize>points << 4);
  const sums = allocate(<usize>points << 4);
  const values = allocate(<usize>(vertices + 1) << 4);
  const scratch = allocate(<usize>(vertices + 1) << 4);
  for (let point = 0; point < points; point++) {
    store<f32>(ones + (<usize>point << 2), 1);
    v128.store(input + (<usize>point << 4), f32x4.splat(1));
  }
  memory.fill(sums, 0, <usize>points << 4);
  filterInto(lattice, 4, input, sums, ones, ones, values, scratch);
  for (let point = 0; point < points; point++) {
    const sum = <f64>load<f32>(sums + (<usize>point << 4));
    const value = <f32>(1.0 / Math.sqrt(sum + 1e-20));
    store<f32>(norm + (<usize>point << 2), value);
    store<f32>(weighted + (<usize>point << 2), <f32>(weight * <f64>value));
  }
  release(before);
  store<usize>(lattice + NORM, norm);
  store<usize>(lattice + WEIGHTED_NORM, weighted);
}

/**
 * Q after all iterations, [P, lanes]. negativeUnary [P, lanes] is −U, with −1e30 in unused lanes;
 * groups [count] are the lanes of each label set, every one padded to a multiple of 4.
 */
export function meanField(
  points: i32,
  lanes: i32,
  negativeUnary: usize,
  groups: usize,
  groupCount: i32,
  first: usize,
  second: usize,
  iterations: i32,
): usize {
  const bytes = <usize>(points * lanes) << 2;
  const q = allocate(bytes);
  const energy = allocate(bytes);
  let rows = 1;
  if (first != 0) rows = max(rows, load<i32>(first + VERTICES) + 1);
  if (second != 0) rows = max(rows, load<i32>(second + VERTICES) + 1);
  const values = allocate(<usize>(rows * lanes) << 2);
  const scratch = allocate(<usize>(rows * lanes) << 2);
  softmax(points, lanes, negativeUnary, q, groups, groupCount);
  for (let iteration = 0; iteration < iterations; iteration++) {
    memory.copy(energy, negativeUnary, bytes);
    for (let kernel = 0; kernel < 2; kernel++) {
      const lattice = kernel == 0 ? first : second;
      if (lattice == 0) continue;
      const norm = load<usize>(lattice + NORM);
      const weighted = load<usize>(lattice + WEIGHTED_NORM);
      filterInto(lattice, lanes, q, energy, norm, weighted, values, scratch);
    }
    softmax(points, lanes, energy, q, groups, groupCount);
  }
  return q;
}
