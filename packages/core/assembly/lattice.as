import { allocate } from "./arena";
import { coordinate, find, insert, openTable, tableSize } from "./vertex-table";

// Fields of a lattice, as i32: see src/crf/permutohedral-lattice.ts, which this follows line by line.
export const POINTS: usize = 0;
export const AXES: usize = 4;
export const VERTICES: usize = 8;
export const CORNERS: usize = 12; // [P, d + 1] i32
export const WEIGHTS: usize = 16; // [P, d + 1] f32
export const NEIGHBOURS: usize = 20; // [d + 1, M, 2] i32
export const NORM: usize = 24; // [P] f32
export const WEIGHTED_NORM: usize = 28; // [P] f32

@inline
function i32At(base: usize, index: i32): i32 {
  return load<i32>(base + (<usize>index << 2));
}
@inline
function f32At(base: usize, index: i32): f32 {
  return load<f32>(base + (<usize>index << 2));
}
@inline
function setI32(base: usize, index: i32, value: i32): void {
  store<i32>(base + (<usize>index << 2), value);
}
@inline
function setF32(base: usize, index: i32, value: f32): void {
  store<f32>(base + (<usize>index << 2), value);
}

/** Lattice of features [P, d] f32. */
export function buildLattice(features: usize, points: i32, d: i32): usize {
  const axes = d + 1;
  const lattice = allocate(32);
  const corners = allocate(<usize>(points * axes) << 2);
  const weights = allocate(<usize>(points * axes) << 2);
  const scale = allocate(<usize>d << 2);
  const elevated = allocate(<usize>axes << 2);
  const nearest = allocate(<usize>axes << 2);
  const rank = allocate(<usize>axes << 2);
  const simplex = allocate(<usize>axes << 3); // nearest and rank of the previous point
  const barycentric = allocate(<usize>(axes + 1) << 2);
  const key = allocate(<usize>d << 2);
  for (let i = 0; i < d; i++) {
    const value = (1.0 / Math.sqrt(<f64>((i + 1) * (i + 2)))) * Math.sqrt(2.0 / 3.0) * <f64>axes;
    setF32(scale, i, <f32>value);
  }
  const down = <f32>(1.0 / <f64>axes);
  openTable(d);

  for (let point = 0; point < points; point++) {
    let sum: f32 = 0;
    for (let j = d; j > 0; j--) {
      const value = f32At(features, point * d + j - 1) * f32At(scale, j - 1);
      setF32(elevated, j, sum - <f32>j * value);
      sum += value;
    }
    setF32(elevated, 0, sum);

    let excess = 0;
    for (let i = 0; i < axes; i++) {
      const rounded = <i32>nearestEven(f32At(elevated, i) * down);
      setI32(nearest, i, rounded * axes);
      excess += rounded;
    }

    for (let i = 0; i < axes; i++) setI32(rank, i, excess);
    for (let i = 0; i < d; i++) {
      const difference = f32At(elevated, i) - <f32>i32At(nearest, i);
      let own = i32At(rank, i);
      for (let j = i + 1; j < axes; j++) {
        const less = <i32>(difference < f32At(elevated, j) - <f32>i32At(nearest, j));
        own += less;
        setI32(rank, j, i32At(rank, j) + 1 - less);
      }
      setI32(rank, i, own);
    }
    for (let i = 0; i < axes; i++) {
      const own = i32At(rank, i);
      if (own < 0) {
        setI32(rank, i, own + axes);
        setI32(nearest, i, i32At(nearest, i) + axes);
      } else if (own > d) {
        setI32(rank, i, own - axes);
        setI32(nearest, i, i32At(nearest, i) - axes);
      }
    }

    for (let i = 0; i <= axes; i++) setF32(barycentric, i, 0);
    for (let i = 0; i < axes; i++) {
      const part = (f32At(elevated, i) - <f32>i32At(nearest, i)) * down;
      const own = i32At(rank, i);
      setF32(barycentric, d - own, f32At(barycentric, d - own) + part);
      setF32(barycentric, axes - own, f32At(barycentric, axes - own) - part);
    }
    setF32(barycentric, 0, f32At(barycentric, 0) + (<f32>1 + f32At(barycentric, axes)));

    // Neighbouring pixels often share a simplex: then they share its corners.
    let same = point > 0;
    for (let i = 0; i < axes; i++) {
      const own = i32At(nearest, i);
      const order = i32At(rank, i);
      same = same && own == i32At(simplex, 2 * i) && order == i32At(simplex, 2 * i + 1);
      setI32(simplex, 2 * i, own);
      setI32(simplex, 2 * i + 1, order);
    }
    const first = point * axes;
    for (let remainder = 0; remainder < axes; remainder++) {
      let vertex: i32;
      if (same) vertex = i32At(corners, first - axes + remainder);
      else {
        for (let i = 0; i < d; i++) {
          const wraps = i32At(rank, i) > d - remainder;
          setI32(key, i, i32At(nearest, i) + (wraps ? remainder - axes : remainder));
        }
        vertex = insert(key);
      }
      setI32(corners, first + remainder, vertex);
      setF32(weights, first + remainder, f32At(barycentric, remainder));
    }
  }

  const vertices = tableSize();
  const neighbours = allocate(<usize>(axes * vertices * 2) << 2);
  let at = neighbours;
  for (let axis = 0; axis < axes; axis++) {
    for (let vertex = 0; vertex < vertices; vertex++) {
      for (let side = 0; side < 2; side++) {
        const step = side == 0 ? -1 : 1;
        for (let i = 0; i < d; i++) {
          setI32(key, i, coordinate(vertex, i) + (i == axis ? -step * d : step));
        }
        const found = find(key);
        store<i32>(at, found < 0 ? vertices : found);
        at += 4;
      }
    }
  }
  store<i32>(lattice + POINTS, points);
  store<i32>(lattice + AXES, axes);
  store<i32>(lattice + VERTICES, vertices);
  store<usize>(lattice + CORNERS, corners);
  store<usize>(lattice + WEIGHTS, weights);
  store<usize>(lattice + NEIGHBOURS, neighbours);
  return lattice;
}

@inline
function nearestEven(value: f32): f32 {
  return nearest<f32>(value);
}
