import { type ReactNode, useState } from "react";
import type { LabelStyle } from "../maps/types.ts";
import { DeltaFigure, IouFigure } from "../primitives/figure.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../primitives/table.tsx";
import { ColourChip } from "./class-legend.tsx";
import { IouBar } from "./iou-bar.tsx";

export interface ClassIouRow {
  readonly label: number;
  readonly iou: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  /** Change of IoU to the baseline; left out where nothing is compared. */
  readonly delta?: number | null;
}

export interface ClassIouTableProps {
  rows: readonly ClassIouRow[];
  styles: readonly LabelStyle[];
  label?: string;
  /** Opens the images of a class. */
  onSelect?: (label: number) => void;
}

type Key = "label" | "iou" | "precision" | "recall" | "delta";

/** Classes without a value go to the end in either order. */
function sorted(rows: readonly ClassIouRow[], key: Key, descending: boolean): ClassIouRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [one[key] ?? null, other[key] ?? null];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * (a - b);
  });
}

/** IoU, precision and recall of every class, sortable. */
export function ClassIouTable({
  rows,
  styles,
  label = "Classes",
  onSelect,
}: ClassIouTableProps): ReactNode {
  const [{ key, descending }, setOrder] = useState<{ key: Key; descending: boolean }>({
    key: "label",
    descending: false,
  });
  const compared = rows.some((row) => row.delta !== undefined);
  const header = (of: Key, title: string, align: "left" | "right"): ReactNode => (
    <TableHeader
      align={align}
      sort={key === of ? (descending ? "descending" : "ascending") : "none"}
      onSort={() => setOrder({ key: of, descending: key === of ? !descending : of !== "label" })}
    >
      {title}
    </TableHeader>
  );
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          {header("label", "Class", "left")}
          {header("iou", "IoU", "left")}
          {compared && header("delta", "Change", "right")}
          {header("precision", "Precision", "right")}
          {header("recall", "Recall", "right")}
        </tr>
      </TableHead>
      <TableBody>
        {sorted(rows, key, descending).map((row) => {
          const style = styles[row.label];
          const name = style?.name ?? `label ${row.label}`;
          return (
            <TableRow key={row.label}>
              <TableCell>
                <span className="flex items-center gap-2">
                  {style !== undefined && <ColourChip style={style} />}
                  {onSelect === undefined ? (
                    name
                  ) : (
                    <button
                      type="button"
                      onClick={() => onSelect(row.label)}
                      className="min-h-6 hover:underline"
                    >
                      {name}
                    </button>
                  )}
                </span>
              </TableCell>
              <TableCell className="min-w-40">
                <IouBar value={row.iou} />
              </TableCell>
              {compared && (
                <TableCell align="right">
                  <DeltaFigure value={row.delta ?? null} />
                </TableCell>
              )}
              <TableCell align="right">
                <IouFigure value={row.precision} />
              </TableCell>
              <TableCell align="right">
                <IouFigure value={row.recall} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
