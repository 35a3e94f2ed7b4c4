/** Mean and inverse deviation of every column of a table. */
export interface Standardisation {
  readonly mean: Float64Array;
  /** 0 for a column that never changes: it tells nothing, and gets no weight. */
  readonly inverseDeviation: Float64Array;
}

/**
 * Mean and deviation of each feature.
 *
 * table     [N, D]  row-major
 *
 * @see Hastie, Tibshirani & Friedman 2009, section 3.4.1 (inputs are standardised before shrinkage)
 */
export function standardisationOf(table: Float32Array, columns: number): Standardisation {
  const rows = table.length / columns;
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let at = 0; at < table.length; at += 1) mean[at % columns]! += table[at]! / rows;
  for (let at = 0; at < table.length; at += 1) {
    square[at % columns]! += (table[at]! - mean[at % columns]!) ** 2 / rows;
  }
  const inverseDeviation = square.map((variance, column) =>
    // Rounding alone gives a constant column a variance of this order.
    variance <= 1e-12 * mean[column]! ** 2 ? 0 : 1 / Math.sqrt(variance),
  );
  return { mean, inverseDeviation };
}

/** (x − mean) / deviation, column by column. [N, D] → [N, D]. @see `standardisationOf` */
export function standardise(
  table: Float32Array,
  { mean, inverseDeviation }: Standardisation,
): Float32Array {
  const columns = mean.length;
  return table.map((value, at) => (value - mean[at % columns]!) * inverseDeviation[at % columns]!);
}
