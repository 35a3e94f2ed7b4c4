import { formatCount } from "@seedmask/ui/format";
import { Button } from "@seedmask/ui/primitives/button";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { useState } from "react";
import type { Pair, PairFigures } from "./pairs.ts";
import { informationWords } from "./words.ts";

interface PairTableProps {
  readonly classes: readonly string[];
  readonly pairs: readonly PairFigures[];
  readonly chosen: Pair | null;
  readonly onSelect: (classIndex: number, partner: number) => void;
}

const FIRST = 10;

/** Both matrices in words, ranked. */
export function PairTable({ classes, pairs, chosen, onSelect }: PairTableProps) {
  const [all, setAll] = useState(false);
  const shown = all ? pairs : pairs.slice(0, FIRST);
  if (pairs.length === 0) {
    return <p className="px-4 pb-4 text-sm text-ink-3">No image is labelled with two classes.</p>;
  }
  return (
    <>
      <Table label="Pairs of classes">
        <TableHead>
          <tr>
            <TableHeader>CAM of</TableHeader>
            <TableHeader>Partner</TableHeader>
            <TableHeader align="right">Images with both</TableHeader>
            <TableHeader align="right">PMI, bits</TableHeader>
            <TableHeader align="right">CAM on partner, %</TableHeader>
            <TableHeader align="right">Mean CAM there, %</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {shown.map(({ classIndex, partner, images, information, leaked, mean }) => (
            <TableRow
              key={`${classIndex} ${partner}`}
              selected={chosen?.classIndex === classIndex && chosen.partner === partner}
            >
              <TableCell>
                <button
                  type="button"
                  className="min-h-6 hover:underline"
                  onClick={() => onSelect(classIndex, partner)}
                >
                  {classes[classIndex]}
                </button>
              </TableCell>
              <TableCell>{classes[partner]}</TableCell>
              <TableCell align="right">{formatCount(images)}</TableCell>
              <TableCell align="right">{informationWords(information)}</TableCell>
              <TableCell align="right">
                <IouFigure value={leaked} />
              </TableCell>
              <TableCell align="right">
                <IouFigure value={mean} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {pairs.length > FIRST ? (
        <div className="flex items-center gap-3 px-4 py-3">
          <p className="text-xs text-ink-3 tabular-nums">
            {formatCount(shown.length)} of {formatCount(pairs.length)} pairs shown
          </p>
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : "Show all"}
          </Button>
        </div>
      ) : null}
    </>
  );
}
