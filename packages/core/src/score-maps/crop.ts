/**
 * The top left part of planar maps.
 *
 * data     [planes, h, w]
 * returns  [planes, H, W]  H ≤ h, W ≤ w
 *
 * Empty case: no planes give no planes.
 * @see psa infer_aff.py, irn step/make_cam.py: maps of a padded image, cut to the image
 */
export function cropPlanes(
  data: Float32Array,
  from: { readonly height: number; readonly width: number },
  to: { readonly height: number; readonly width: number },
): Float32Array {
  if (from.height === to.height && from.width === to.width) return data;
  const planes = data.length / (from.height * from.width);
  const result = new Float32Array(planes * to.height * to.width);
  for (let row = 0; row < planes * to.height; row += 1) {
    const plane = Math.floor(row / to.height);
    const start = (plane * from.height + (row % to.height)) * from.width;
    result.set(data.subarray(start, start + to.width), row * to.width);
  }
  return result;
}
