import { upsampleSeamMaps } from "./seam-head.ts";
import type { SiameseMaps } from "./siamese-losses.ts";

/** `exact`: losses on maps enlarged to their views. `fast`: on the large view's feature grid. */
export type SiameseUpsampling = "exact" | "fast";

interface Size {
  readonly height: number;
  readonly width: number;
}

/**
 * The maps of both views on the grids where the losses are taken.
 *
 * maps      [N, h, w, C + 1]  of both views, each on its own feature grid
 * views     sizes of both images
 * returns   exact: [N, H, W, C + 1], each at its view's size; fast: both on the large view's feature grid
 *
 * `fast` differs from the release: a map is stretched by the extremes of its features instead of its
 * samples, and the weakest quarter and worst fifth are taken of as many times fewer values as the
 * stride squared. The same losses where enlarging changes nothing, at stride 1 and equal views.
 * @see SEAM network/resnet38_SEAM.py forward
 */
export function siameseMaps(
  { large, small }: SiameseMaps,
  views: { readonly large: Size; readonly small: Size },
  upsampling: SiameseUpsampling,
): SiameseMaps {
  const [, height, width] = large.cam.shape;
  const grid = { height, width };
  const [largeSize, smallSize] = upsampling === "exact" ? [views.large, views.small] : [grid, grid];
  return {
    large: upsampleSeamMaps(large, largeSize),
    small: upsampleSeamMaps(small, smallSize),
  };
}
