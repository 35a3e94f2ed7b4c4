import { formatPercent } from "@seedmask/ui/format";
import { colourAt } from "@seedmask/ui/maps/colour-map";
import { HeatMatrix, type MatrixCell } from "@seedmask/ui/segmentation/heat-matrix";
import type { Pair } from "./pairs.ts";

interface LeakageMatrixProps {
  readonly classes: readonly string[];
  /** Row-major C × (C + 1), background first; null where there is nothing to measure. */
  readonly values: readonly (number | null)[];
  readonly measure: "share" | "mean";
  readonly pair: Pair | null;
  readonly onSelect: (classIndex: number, partner: number) => void;
}

/** Each class's CAM by the true label under it. */
export function LeakageMatrix({ classes, values, measure, pair, onSelect }: LeakageMatrixProps) {
  const columns = ["background", ...classes];
  const cell = (row: number, column: number): MatrixCell => {
    const value = values[row * columns.length + column] ?? null;
    const shown = formatPercent(value, 0);
    const own = column === row + 1 ? ", itself" : "";
    return {
      colour: value === null ? null : colourAt("viridis", value),
      text: value === null ? "—" : value < 0.005 ? "" : String(Math.round(value * 100)),
      words:
        measure === "share"
          ? `${shown} of the CAM of ${classes[row]} lies on ${columns[column]}${own}`
          : `The CAM of ${classes[row]} is ${shown} of its most on ${columns[column]}${own}`,
      exact: formatPercent(value, 1),
    };
  };
  return (
    <HeatMatrix
      rows={classes}
      columns={columns}
      cell={cell}
      corner="CAM of"
      caption={
        measure === "share"
          ? "Rows are CAMs, columns true labels; % of the CAM’s mass. The rest of a row is leakage."
          : "Rows are CAMs, columns true labels; mean of the normalised CAM, %."
      }
      onSelect={(row, column) => {
        if (column > 0) onSelect(row, column - 1);
      }}
      selected={pair && [pair.classIndex, pair.partner + 1]}
    />
  );
}
