import { VertexTable } from "./vertex-table.ts";

/**
 * Where the points of an image sit on the permutohedral lattice. Depends on the image and the widths
 * only, so one lattice serves every label set and every iteration.
 */
export interface Lattice {
  /** d of the feature space: 2 for smoothness, 5 for appearance. */
  readonly dimensions: number;
  /** P, points (pixels). */
  readonly points: number;
  /** M, lattice vertices that any point touches. */
  readonly vertices: number;
  /** [P, d + 1] vertex of each corner of the simplex around a point. */
  readonly corners: Int32Array;
  /** [P, d + 1] barycentric weight of each corner, ≥ 0, sums to 1. */
  readonly weights: Float32Array;
  /** [d + 1, M, 2] the two neighbours of a vertex along each axis; M where there is none. */
  readonly neighbours: Int32Array;
}

/**
 * Lattice of a set of points.
 *
 * features  [P, d]  already divided by the Gaussian's width
 * returns   vertices are numbered by first use in the order of the points, so equal input gives equal bytes
 *
 * Empty case: no points give no vertices.
 * Differs from the release: the SSE build of densecrf adds up to three points of feature zero where P
 * is no multiple of four; we add none (within tolerance of the goldens).
 * @see Adams et al. 2010, section 3; Krähenbühl & Koltun 2011, section 3.2; densecrf permutohedral.cpp
 */
export function buildLattice(features: Float32Array, dimensions: number): Lattice {
  const d = dimensions;
  const axes = d + 1;
  const points = features.length / d;
  const corners = new Int32Array(points * axes);
  const weights = new Float32Array(points * axes);
  const table = new VertexTable(d);

  const scale = Float32Array.from(
    { length: d },
    (_, i) => (1 / Math.sqrt((i + 1) * (i + 2))) * Math.sqrt(2 / 3) * axes,
  );
  const elevated = new Float32Array(axes);
  const nearest = new Int32Array(axes);
  const rank = new Int32Array(axes);
  const barycentric = new Float32Array(axes + 1);
  const key = new Int32Array(d);
  const downFactor = Math.fround(1 / axes);

  for (let point = 0; point < points; point += 1) {
    // Elevate onto the hyperplane whose coordinates sum to zero.
    let sum = 0;
    for (let j = d; j > 0; j -= 1) {
      const coordinate = Math.fround(features[point * d + j - 1]! * scale[j - 1]!);
      elevated[j] = sum - Math.fround(j * coordinate);
      sum = Math.fround(sum + coordinate);
    }
    elevated[0] = sum;

    // The closest lattice point of remainder zero.
    let excess = 0;
    for (let i = 0; i < axes; i += 1) {
      const rounded = roundHalfToEven(Math.fround(elevated[i]! * downFactor));
      nearest[i] = rounded * axes;
      excess += rounded;
    }

    // Order of the differences: which simplex around it holds the point.
    rank.fill(0);
    for (let i = 0; i < d; i += 1) {
      const difference = Math.fround(elevated[i]! - nearest[i]!);
      for (let j = i + 1; j < axes; j += 1) {
        if (difference < Math.fround(elevated[j]! - nearest[j]!)) rank[i]! += 1;
        else rank[j]! += 1;
      }
    }
    for (let i = 0; i < axes; i += 1) {
      rank[i]! += excess;
      if (rank[i]! < 0) {
        rank[i]! += axes;
        nearest[i]! += axes;
      } else if (rank[i]! > d) {
        rank[i]! -= axes;
        nearest[i]! -= axes;
      }
    }

    barycentric.fill(0);
    for (let i = 0; i < axes; i += 1) {
      const part = Math.fround(Math.fround(elevated[i]! - nearest[i]!) * downFactor);
      barycentric[d - rank[i]!]! += part;
      barycentric[axes - rank[i]!]! -= part;
    }
    barycentric[0]! += Math.fround(1 + barycentric[axes]!);

    for (let remainder = 0; remainder < axes; remainder += 1) {
      for (let i = 0; i < d; i += 1) {
        key[i] = nearest[i]! + (rank[i]! <= d - remainder ? remainder : remainder - axes);
      }
      corners[point * axes + remainder] = table.insert(key);
      weights[point * axes + remainder] = barycentric[remainder]!;
    }
  }
  return {
    dimensions,
    points,
    vertices: table.size,
    corners,
    weights,
    neighbours: neighboursOf(table, d),
  };
}

function neighboursOf(table: VertexTable, d: number): Int32Array {
  const vertices = table.size;
  const neighbours = new Int32Array((d + 1) * vertices * 2);
  const before = new Int32Array(d);
  const after = new Int32Array(d);
  let at = 0;
  for (let axis = 0; axis <= d; axis += 1) {
    for (let vertex = 0; vertex < vertices; vertex += 1) {
      for (let i = 0; i < d; i += 1) {
        const coordinate = table.coordinate(vertex, i);
        before[i] = i === axis ? coordinate + d : coordinate - 1;
        after[i] = i === axis ? coordinate - d : coordinate + 1;
      }
      neighbours[at] = table.find(before);
      neighbours[at + 1] = table.find(after);
      at += 2;
    }
  }
  return neighbours.map((vertex) => (vertex < 0 ? vertices : vertex));
}

/** densecrf's SSE build rounds ties to even; which way makes no measurable difference. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
