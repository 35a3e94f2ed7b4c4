import { ShapeError } from "../contract/index.ts";

/** A step on the feature grid. */
export interface PathPixel {
  readonly dy: number;
  readonly dx: number;
}

/**
 * Pixels a straight line passes on its way from 0 to an offset, both ends included.
 *
 * returns  [pixels]  those of the bounding box whose distance to the line is below 1, row by row
 *
 * Empty case: cannot be empty; a path has its two ends.
 * @see Ahn et al. 2019, equation 1; irn misc/indexing.py, PathIndex.get_search_paths_dst
 */
export function pathPixels({ dy, dx }: PathPixel): PathPixel[] {
  const pixels: PathPixel[] = [];
  for (let y = Math.min(0, dy); y <= Math.max(0, dy); y += 1) {
    for (let x = Math.min(0, dx); x <= Math.max(0, dx); x += 1) {
      if ((dy * x - dx * y) ** 2 / (dy * dy + dx * dx) < 1) pixels.push({ dy: y, dx: x });
    }
  }
  return pixels;
}

/**
 * Affinity of pixel pairs that no class boundary parts.
 *
 * boundary  [h, w]     0…1, after the sigmoid
 * returns   [K, h, w]  1 − the highest boundary on the path; 0 where the partner lies outside the grid
 *
 * offsets  of the pairs, dy ≥ 0; see affinity/pixel-pairs.ts
 *
 * Empty case: no offsets give no planes.
 * Differs from the release: irn pads the map with boundary 1 first; that gives the same values.
 * @throws {ShapeError} when the map is not of the given size
 * @see Ahn et al. 2019, equation 1; irn misc/indexing.py, edge_to_affinity
 */
export function pathAffinity(
  boundary: Float32Array,
  options: {
    readonly height: number;
    readonly width: number;
    readonly offsets: readonly PathPixel[];
  },
): Float32Array {
  const { height, width, offsets } = options;
  const pixels = height * width;
  if (boundary.length !== pixels) {
    throw new ShapeError(
      `irn: expected a ${height}×${width} boundary map, got ${boundary.length} values.`,
    );
  }
  const planes = new Float32Array(offsets.length * pixels);
  offsets.forEach((offset, plane) => {
    const steps = pathPixels(offset).map(({ dy, dx }) => dy * width + dx);
    const left = Math.max(0, -offset.dx);
    const right = Math.min(width, width - offset.dx);
    for (let y = 0; y < height - offset.dy; y += 1) {
      for (let x = left; x < right; x += 1) {
        const p = y * width + x;
        let highest = 0;
        for (let i = 0; i < steps.length; i += 1) {
          const value = boundary[p + steps[i]!]!;
          if (value > highest) highest = value;
        }
        planes[plane * pixels + p] = 1 - highest;
      }
    }
  });
  return planes;
}

/**
 * Scores with the boundaries taken out, ready to walk.
 *
 * scores    [planes, h, w]
 * boundary  [h, w]          0…1
 * returns   [planes, h, w]  scores · (1 − boundary)
 *
 * Empty case: no planes give no planes.
 * @see Ahn et al. 2019, section 3.4; irn misc/indexing.py, propagate_to_edge
 */
export const withoutBoundary = (scores: Float32Array, boundary: Float32Array): Float32Array =>
  scores.map((score, at) => score * (1 - boundary[at % boundary.length]!));
