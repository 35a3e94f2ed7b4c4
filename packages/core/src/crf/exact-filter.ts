/**
 * Gaussian filter by its definition, every pair of points: the truth that tests compare with.
 *
 * features  [P, d]      already divided by the Gaussian's width
 * input     [P, lanes]
 * returns   [P, lanes]  Σ_q exp(−½ ‖f_p − f_q‖²) · input[q]; the point itself is included
 *
 * Empty case: no points give nothing.
 * @see Krähenbühl & Koltun 2011, equation 3; cost is P², fit for about 2 500 points
 */
export function exactFilter(
  features: Float32Array,
  dimensions: number,
  input: Float32Array,
  lanes: number,
): Float32Array {
  const points = features.length / dimensions;
  const output = new Float64Array(points * lanes);
  for (let p = 0; p < points; p += 1) {
    for (let q = 0; q < points; q += 1) {
      let squared = 0;
      for (let i = 0; i < dimensions; i += 1) {
        squared += (features[p * dimensions + i]! - features[q * dimensions + i]!) ** 2;
      }
      const weight = Math.exp(-squared / 2);
      for (let lane = 0; lane < lanes; lane += 1) {
        output[p * lanes + lane]! += weight * input[q * lanes + lane]!;
      }
    }
  }
  return Float32Array.from(output);
}
