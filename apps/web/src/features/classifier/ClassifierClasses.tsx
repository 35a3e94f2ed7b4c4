import { formatCount, formatNumber, formatPercent } from "@seedmask/ui/format";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { IouBar } from "@seedmask/ui/segmentation/iou-bar";
import { Link } from "#lib/link.tsx";
import { useState } from "react";
import type { RouterOutputs } from "#trpc/types.ts";

export type ClassifierHealth = RouterOutputs["evidence"]["classifier"][number];
type ClassHealth = ClassifierHealth["classes"][number];

interface ClassifierClassesProps {
  readonly classes: readonly ClassHealth[];
  readonly styles: readonly LabelStyle[];
  readonly runId: string;
}

const COLUMNS = [
  { key: "averagePrecision", title: "AP" },
  { key: "f1", title: "F1" },
  { key: "precision", title: "Precision" },
  { key: "recall", title: "Recall" },
] as const;
type Key = (typeof COLUMNS)[number]["key"];

/** Worst first, classes that no image has last; by class while no column is chosen. */
function ordered(classes: readonly ClassHealth[], key: Key | null) {
  const rows = classes.map((health, index) => ({ health, index }));
  if (key === null) return rows;
  return rows.toSorted((a, b) => (a.health[key] ?? 2) - (b.health[key] ?? 2));
}

/** Ranking, decisions, and how much map each class has with and without being there. */
export function ClassifierClasses({ classes, styles, runId }: ClassifierClassesProps) {
  const [key, setKey] = useState<Key | null>(null);
  return (
    <Table label="Image classifier by class">
      <TableHead>
        <tr>
          <TableHeader>Class</TableHeader>
          <TableHeader align="right">Images</TableHeader>
          {COLUMNS.map((column) => (
            <TableHeader
              key={column.key}
              align={column.key === "averagePrecision" ? "left" : "right"}
              sort={key === column.key ? "ascending" : "none"}
              onSort={() => setKey(key === column.key ? null : column.key)}
            >
              {column.title}
            </TableHeader>
          ))}
          <TableHeader align="right">Probability with / without</TableHeader>
          <TableHeader align="right">CAM mass with / without</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {ordered(classes, key).map(({ health, index }) => {
          const style = styles[index + 1];
          const { present, absent } = health;
          return (
            <TableRow key={index}>
              <TableCell>
                <Link
                  href={`/runs/${runId}/gallery?label=${index + 1}`}
                  className="inline-flex min-h-6 items-center gap-2 hover:underline"
                >
                  {style ? <ColourChip style={style} /> : null}
                  {style?.name ?? `class ${index}`}
                </Link>
              </TableCell>
              <TableCell align="right">{formatCount(present.images)}</TableCell>
              <TableCell className="min-w-40">
                <IouBar value={health.averagePrecision} />
              </TableCell>
              {(["f1", "precision", "recall"] as const).map((name) => (
                <TableCell key={name} align="right">
                  <IouFigure value={health[name]} />
                </TableCell>
              ))}
              <TableCell align="right" className="whitespace-nowrap">
                {formatPercent(present.probability)}
                <span className="text-ink-3"> / {formatPercent(absent.probability)}</span>
              </TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {formatNumber(present.mass)}
                <span className="text-ink-3"> / {formatNumber(absent.mass)}</span>
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
