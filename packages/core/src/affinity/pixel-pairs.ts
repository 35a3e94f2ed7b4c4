import { ShapeError } from "../contract/index.ts";

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

/** Which pixels a pair may start from. */
export interface PairStarts {
  /** Rows [0, rows). */
  readonly rows: number;
  /** Columns [left, right). */
  readonly left: number;
  readonly right: number;
}

/**
 * `full`: every pixel whose partner lies inside the grid. `psa-compat`: only pixels all of whose
 * partners do, so pairs inside the outer frame have no edge, as in the release (13.6 % of the pairs at
 * 47 × 63; ten corner pixels walk nowhere).
 */
export type PairBorders = "full" | "psa-compat";

/**
 * Start pixels from which one offset leads to a partner.
 *
 * returns  rows and columns of the grid [h, w]; may be empty
 *
 * Empty case: an offset longer than the grid has no starts under `full`.
 * @throws {ShapeError} when no pixel of the grid has all its partners, which `psa-compat` asks for
 * @see psa tool/pyutils.py, get_indices_of_pairs: cropped height − radius + 1, width − 2 (radius − 1)
 */
export function pairStarts(
  { height, width }: { readonly height: number; readonly width: number },
  { dy, dx }: PixelOffset,
  borders: PairBorders,
  radiusInFeatures: number,
): PairStarts {
  if (borders === "full") {
    return { rows: height - dy, left: Math.max(0, -dx), right: Math.min(width, width - dx) };
  }
  const reach = radiusInFeatures - 1;
  if (height <= reach || width <= 2 * reach) {
    throw new ShapeError(
      `affinity: expected a grid of at least ${reach + 1}×${2 * reach + 1} features for radius ${radiusInFeatures}, got ${height}×${width}. The image is smaller than the radius: take a larger image, a smaller radius, or borders "full".`,
    );
  }
  return { rows: height - reach, left: reach, right: width - reach };
}
