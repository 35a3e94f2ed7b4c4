/**
 * Planar maps mirrored left to right.
 *
 * data     [planes, h, w]
 * returns  [planes, h, w]  a copy
 *
 * width  of a row, pixels
 *
 * Empty case: no values give no values.
 * @see psa infer_cls.py, flip of every second view
 */
export function mirrorPlanes(data: Float32Array, width: number): Float32Array {
  const result = data.slice();
  for (let start = 0; start < result.length; start += width) {
    result.subarray(start, start + width).reverse();
  }
  return result;
}
