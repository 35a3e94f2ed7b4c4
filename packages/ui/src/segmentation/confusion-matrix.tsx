import type { ReactNode } from "react";
import { formatCount, formatPercent } from "../format/format.ts";
import { colourAt } from "../maps/colour-map.ts";
import type { LabelStyle } from "../maps/types.ts";
import { HeatMatrix, type MatrixCell } from "./heat-matrix.tsx";

export interface ConfusionMatrixProps {
  labels: number;
  /** Row-major L × L pixels: row = ground truth, column = prediction. */
  matrix: readonly number[];
  styles: readonly LabelStyle[];
  /** What rows and columns are, where they are not ground truth and prediction. */
  caption?: string;
  corner?: string;
  /** A cell the user chose: opens the images behind it. */
  onSelect?: (truth: number, predicted: number) => void;
  selected?: { truth: number; predicted: number } | null;
}

/** Where the pixels of each class went, as shares of its row. */
export function ConfusionMatrix({
  labels,
  matrix,
  styles,
  caption = "Rows are ground truth, columns are predictions; shares of the row’s pixels.",
  corner = "Ground truth",
  onSelect,
  selected = null,
}: ConfusionMatrixProps): ReactNode {
  const totals = Array.from({ length: labels }, (_, row) =>
    matrix.slice(row * labels, (row + 1) * labels).reduce((sum, count) => sum + count, 0),
  );
  const names = totals.map((_, label) => styles[label]?.name ?? `label ${label}`);
  const cell = (row: number, column: number): MatrixCell => {
    const count = matrix[row * labels + column]!;
    const share = totals[row] === 0 ? null : count / totals[row]!;
    const text = share === null ? "—" : share < 0.005 ? "" : String(Math.round(share * 100));
    return {
      colour: share === null ? null : colourAt("viridis", share),
      text,
      words: `${text === "" ? "under 1" : text} % of ${names[row]} predicted as ${names[column]}`,
      exact: `${formatPercent(share, 1)}, ${formatCount(count)} pixels`,
    };
  };
  return (
    <HeatMatrix
      rows={names}
      columns={names}
      cell={cell}
      caption={caption}
      corner={corner}
      {...(onSelect && { onSelect })}
      selected={selected && [selected.truth, selected.predicted]}
    />
  );
}
