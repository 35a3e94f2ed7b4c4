import { ShapeError } from "../contract/index.ts";
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
 * @throws {ShapeError} when the grid is smaller than the radius
 * @see irn misc/indexing.py, PathIndex: height − radius + 1, width − 2 (radius − 1)
 */
export const innerGrid = (
  { height, width }: { readonly height: number; readonly width: number },
  radiusInFeatures: number,
): InnerGrid => {
  const reach = radiusInFeatures - 1;
  if (height <= reach || width <= 2 * reach) {
    throw new ShapeError(
      `irn: expected a grid of at least ${reach + 1}×${2 * reach + 1} for radius ${radiusInFeatures}, got ${height}×${width}. Take a larger crop or a smaller radius.`,
    );
  }
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
  const paths = offsets.map(pathPixels);
  const { pixels, positions } = distinctPixels(paths);
  const shifted = pixels.map((pixel) => cut(boundary, pixel, inner)); // P × [N, rows, columns, 1]
  const [count, rows, columns] = shifted[0]!.shape as [number, number, number, number];
  const highest = runsOfLength(positions).map((run) => {
    // Not a gather: WebAssembly has no gradient of one.
    const along = tf.concat(
      run.flat().map((at) => shifted[at]!),
      3,
    );
    return tf.max(tf.reshape(along, [count, rows, columns, run.length, run[0]!.length]), 4);
  });
  return tf.sub(1, tf.concat(highest, 3)) as tf.Tensor4D;
}

/** Every pixel of some paths once, and each path as positions among them. */
function distinctPixels(paths: readonly (readonly PathPixel[])[]): {
  readonly pixels: readonly PathPixel[];
  readonly positions: readonly (readonly number[])[];
} {
  const found = new Map<string, number>();
  const pixels: PathPixel[] = [];
  const positions = paths.map((path) =>
    path.map((pixel) => {
      const key = `${pixel.dy},${pixel.dx}`;
      const known = found.get(key);
      if (known !== undefined) return known;
      found.set(key, pixels.length);
      return pixels.push(pixel) - 1;
    }),
  );
  return { pixels, positions };
}

/** Neighbouring paths of equal length together: one operation serves them all. */
function runsOfLength(paths: readonly (readonly number[])[]): (readonly number[])[][] {
  const runs: (readonly number[])[][] = [];
  for (const path of paths) {
    const run = runs.at(-1);
    if (run?.[0]?.length === path.length) run.push(path);
    else runs.push([path]);
  }
  return runs;
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
  const targets = offsets.map((offset) => cut(displacements, offset, inner));
  return tf.sub(tf.expandDims(source, 3), tf.stack(targets, 3)) as tf.Tensor5D;
}
