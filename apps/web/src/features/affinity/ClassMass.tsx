import { formatDelta, formatIou } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { DeltaFigure } from "@seedmask/ui/primitives/figure";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { classStyles } from "#lib/class-styles.ts";
import { type Planes, scoresAfter } from "./planes.ts";

interface ClassMassProps {
  readonly planes: Planes;
  /** Class names of the dataset. */
  readonly names: readonly string[];
  readonly pixel: number;
  readonly sources: Float64Array;
  readonly steps: number;
}

const greatest = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores));

/** Scores of the chosen pixel before and after the walk: the mass each class brought there. */
export function ClassMass({ planes, names, pixel, sources, steps }: ClassMassProps) {
  const area = sources.length;
  const styles = classStyles(names);
  const labels = [0, ...Array.from(planes.classes, (index) => index + 1)];
  const before = labels.map((_, plane) => planes.scores[plane * area + pixel]!);
  const after = scoresAfter(planes, sources);
  const nameOf = (plane: number): string => styles[labels[plane]!]!.name;
  const [won, wins] = [greatest(before), greatest(after)];
  const sum = sources.reduce((total, weight) => total + weight, 0);
  return (
    <Card
      title="Class mass at the pixel"
      description={
        won === wins
          ? `${nameOf(wins)} before the walk and after ${steps} steps`
          : `${nameOf(won)} before the walk, ${nameOf(wins)} after ${steps} steps`
      }
    >
      <Table label="Scores of the pixel by class">
        <TableHead>
          <tr>
            <TableHeader>Class</TableHeader>
            <TableHeader align="right">Seed</TableHeader>
            <TableHeader align="right">Walked</TableHeader>
            <TableHeader align="right">Change</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {labels.map((label, plane) => (
            <TableRow key={label} selected={plane === wins}>
              <TableCell>
                <span className="inline-flex items-center gap-1.5">
                  <ColourChip style={styles[label]!} />
                  {nameOf(plane)}
                </span>
              </TableCell>
              <TableCell align="right">{formatIou(before[plane]!)}</TableCell>
              <TableCell align="right">{formatIou(after[plane]!)}</TableCell>
              <TableCell align="right" title={formatDelta(after[plane]! - before[plane]!)}>
                <DeltaFigure value={after[plane]! - before[plane]!} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="mt-2 text-xs text-ink-3">
        Scores × 100. The sources’ shares sum to {sum.toFixed(6)}.
      </p>
    </Card>
  );
}
