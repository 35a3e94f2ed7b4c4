import { tf } from "../tensor/tf.ts";
import { type PathPixel, pathPixels } from "./path-affinity.ts";

/**
 * Offsets of a search radius in irn's order: grouped by the length of their paths, and inside a group
 * row by row.
 *
 * returns  [K]  dy ≥ 0
 *
 * radiusInFeatures  feature pixels, exclusive; irn training: 10 → 152, walk: 5 → 34
 *
 * @see irn misc/indexing.py, PathIndex.get_search_paths_dst
 */
export function pathOffsets(radiusInFeatures: number): PathPixel[] {
  const reach = radiusInFeatures - 1;
  const offsets: PathPixel[] = [];
  for (let dx = 1; dx <= reach; dx += 1) offsets.push({ dy: 0, dx });
  for (let dy = 1; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      if (dy * dy + dx * dx < radiusInFeatures ** 2) offsets.push({ dy, dx });
    }
  }
  // A stable sort: the reference fills one list per length, shortest first.
  return offsets.toSorted((a, b) => pathPixels(a).length - pathPixels(b).length);
}

/** Pixels whose partners under every offset lie inside the grid. */
export interface InnerGrid {
  readonly rows: number;
  readonly columns: number;
  /** Rows start at 0, columns here. */
  readonly left: number;
}

/**
 * Inner pixels of a grid [h, w] for a search radius.
 *
 * @see irn misc/indexing.py, PathIndex: height − radius + 1, width − 2 (radius − 1)
 */
export const innerGrid = (
  { height, width }: { readonly height: number; readonly width: number },
  radiusInFeatures: number,
): InnerGrid => {
  const reach = radiusInFeatures - 1;
  return { rows: height - reach, columns: width - 2 * reach, left: reach };
};

const cut = (x: tf.Tensor4D, { dy, dx }: PathPixel, inner: InnerGrid): tf.Tensor4D =>
  tf.slice(x, [0, dy, inner.left + dx, 0], [-1, inner.rows, inner.columns, -1]);

/**
 * Affinity of pixel pairs that no class boundary parts, with a gradient.
 *
 * boundary  [N, h, w, 1]  0…1, after the sigmoid
 * returns   [N, rows, columns, K]  1 − the highest boundary on the path, of inner pixels
 *
 * @see Ahn et al. 2019, equation 1; irn net/resnet50_irn.py, to_affinity
 */
export function boundaryAffinities(
  boundary: tf.Tensor4D,
  offsets: readonly PathPixel[],
  inner: InnerGrid,
): tf.Tensor4D {
  const planes = offsets.map((offset) => {
    const path = pathPixels(offset).map((pixel) => cut(boundary, pixel, inner));
    return tf.sub(1, tf.max(tf.concat(path, 3), 3, true));
  });
  return tf.concat(planes, 3) as tf.Tensor4D;
}

/**
 * Difference of displacements of each pair.
 *
 * displacements  [N, h, w, 2]  dy, dx in feature pixels
 * returns        [N, rows, columns, K, 2]  D(p) − D(p + offset)
 *
 * @see irn net/resnet50_irn.py, to_pair_displacement
 */
export function pairDisplacements(
  displacements: tf.Tensor4D,
  offsets: readonly PathPixel[],
  inner: InnerGrid,
): tf.Tensor5D {
  const source = cut(displacements, { dy: 0, dx: 0 }, inner);
  const planes = offsets.map((offset) => tf.sub(source, cut(displacements, offset, inner)));
  return tf.stack(planes, 3) as tf.Tensor5D;
}
