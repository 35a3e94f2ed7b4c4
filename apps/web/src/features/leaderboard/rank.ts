/** A group of repeats, as far as ranking goes. */
export interface Ranked {
  readonly supervision: "image-labels" | "masks";
  readonly mean: number;
  readonly std: number | null;
  readonly classes: readonly {
    readonly label: number;
    readonly mean: number;
    readonly std: number | null;
  }[];
}

export interface Standing<Row> {
  readonly row: Row;
  /** Null for an upper reference, and for what has no number to be ranked by. */
  readonly rank: number | null;
  /** Mean IoU, or the IoU of the chosen class; null where that class occurs nowhere. */
  readonly score: { readonly mean: number; readonly std: number | null } | null;
}

/**
 * Ranks by mean IoU, or by one class. What was learned from masks stands among the others without a
 * rank: it is an upper reference.
 */
export function standings<Row extends Ranked>(
  rows: readonly Row[],
  label: number | null,
): Standing<Row>[] {
  const scored = rows.map((row) => ({
    row,
    score: label === null ? row : (row.classes.find((one) => one.label === label) ?? null),
  }));
  const ordered = scored.toSorted(
    (left, right) => (right.score?.mean ?? -1) - (left.score?.mean ?? -1),
  );
  let rank = 0;
  return ordered.map(({ row, score }) => {
    const ranked = row.supervision !== "masks" && score !== null;
    if (ranked) rank += 1;
    const figures = score && { mean: score.mean, std: score.std };
    return { row, rank: ranked ? rank : null, score: figures };
  });
}
