/**
 * Average precision of one ranking: the mean, over positives, of the precision down to each.
 *
 * Equal scores count together, so the order in which images are listed changes nothing.
 *
 * scores    [N]  any real
 * positive  [N]  0 or 1
 * returns   []   0…1, or null where there is no positive
 *
 * @see Everingham et al. 2015, section 3.1 (area under the precision–recall curve)
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  positive: ArrayLike<number>,
): number | null {
  const order = Array.from(scores, (_, at) => at).toSorted((a, b) => scores[b]! - scores[a]!);
  let seen = 0;
  let found = 0;
  let sum = 0;
  for (let start = 0; start < order.length; start = seen) {
    const score = scores[order[start]!]!;
    let hits = 0;
    while (seen < order.length && scores[order[seen]!] === score) {
      hits += positive[order[seen]!]! > 0 ? 1 : 0;
      seen += 1;
    }
    found += hits;
    sum += (hits * found) / seen;
  }
  return found === 0 ? null : sum / found;
}

export interface MeanAveragePrecision {
  /** Mean over classes with a positive image; null where there is none. */
  readonly mean: number | null;
  readonly perClass: readonly (number | null)[];
}

/**
 * Mean average precision of a multi-label classifier.
 *
 * scores       [N, C]  any real, row-major
 * imageLabels  [N, C]  0 or 1
 * returns      0…1
 *
 * @see Everingham et al. 2015, section 3.1
 */
export function meanAveragePrecision({
  scores,
  imageLabels,
  classes,
}: {
  readonly scores: ArrayLike<number>;
  readonly imageLabels: ArrayLike<number>;
  readonly classes: number;
}): MeanAveragePrecision {
  const images = scores.length / classes;
  const column = (values: ArrayLike<number>, index: number): Float64Array =>
    Float64Array.from({ length: images }, (_, image) => values[image * classes + index]!);
  const perClass = Array.from({ length: classes }, (_, index) =>
    averagePrecision(column(scores, index), column(imageLabels, index)),
  );
  const known = perClass.filter((value) => value !== null);
  return {
    mean: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length,
    perClass,
  };
}
