import { type PixelOffset, ShapeError } from "../contract/index.ts";

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
