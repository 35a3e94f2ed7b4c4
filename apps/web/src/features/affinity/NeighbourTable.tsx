import { formatNumber, formatPercent } from "@seedmask/ui/format";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { useState } from "react";
import type { Neighbour } from "./planes.ts";

const STRONGEST = 8;

/** The pixel's ties in figures, strongest first. */
export function NeighbourTable({ neighbours }: { readonly neighbours: readonly Neighbour[] }) {
  const [all, setAll] = useState(false);
  const ranked = neighbours.toSorted((a, b) => b.weight - a.weight);
  const shown = all ? ranked : ranked.slice(0, STRONGEST);
  return (
    <Card
      title="Ties"
      description={`${shown.length} of ${neighbours.length} shown, strongest first`}
      actions={
        neighbours.length > STRONGEST && (
          <Button variant="quiet" size="small" onClick={() => setAll(!all)}>
            {all ? "Strongest only" : "View all as table"}
          </Button>
        )
      }
    >
      <div className="max-h-96 overflow-y-auto">
        <Table label="Ties of the pixel">
          <TableHead>
            <tr>
              <TableHeader>Offset</TableHeader>
              <TableHeader align="right">Affinity</TableHeader>
              <TableHeader align="right">To the beta</TableHeader>
              <TableHeader align="right">Share of a step</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {shown.map(({ dy, dx, affinity, weight, share }) => (
              <TableRow key={`${dy} ${dx}`}>
                <TableCell className="whitespace-nowrap tabular-nums">
                  {offsetWords(dy, dx)}
                </TableCell>
                <TableCell align="right">{affinity.toFixed(3)}</TableCell>
                <TableCell align="right">{formatNumber(weight)}</TableCell>
                <TableCell align="right">{formatPercent(share, 1)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}

function offsetWords(dy: number, dx: number): string {
  const down = dy === 0 ? [] : [`${Math.abs(dy)} ${dy > 0 ? "down" : "up"}`];
  const right = dx === 0 ? [] : [`${Math.abs(dx)} ${dx > 0 ? "right" : "left"}`];
  return [...down, ...right].join(", ");
}
