"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { formatNumber } from "@seedmask/ui/format";
import { ClassHeatStrip } from "@seedmask/ui/segmentation/class-heat-strip";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { classStyles } from "#lib/class-styles.ts";
import { useTRPC } from "#trpc/client.tsx";
import { ExportRanking } from "./ExportRanking.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Row = RouterOutputs["leaderboard"]["rows"][number];

interface RankingProps {
  readonly policyKey: string;
  readonly classes: readonly string[];
}

/** Ranks what was learned from weak labels; an upper reference stands among them without a rank. */
function withRanks(rows: readonly Row[]): { row: Row; rank: number | null }[] {
  let rank = 0;
  return rows.map((row) => {
    if (row.supervision === "masks") return { row, rank: null };
    rank += 1;
    return { row, rank };
  });
}

function Score({ row }: { readonly row: Row }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      <IouFigure value={row.mean} className="text-base font-semibold" />
      <span className="text-xs text-ink-3">
        {row.std === null ? "" : ` ± ${(row.std * 100).toFixed(1)}`} ({row.n})
      </span>
    </span>
  );
}

function thresholds({ members }: Row): string {
  const values = members.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  return values.length === 0
    ? "—"
    : [...new Set(values.map((value) => formatNumber(value)))].join(", ");
}

export function Ranking({ policyKey, classes }: RankingProps) {
  const trpc = useTRPC();
  const board = useQuery(trpc.leaderboard.rows.queryOptions({ policyKey }));
  if (board.isPending) return <Loading label="Loading the ranking" shape="rows" count={5} />;
  if (board.isError) {
    return (
      <Failed title="The ranking could not be read" onRetry={() => void board.refetch()}>
        {board.error.message}
      </Failed>
    );
  }
  const styles = classStyles(classes);
  return (
    <div className="grid gap-2">
      <div className="justify-self-end">
        <ExportRanking table={{ rows: board.data, classes }} />
      </div>
      <Table label="Ranking">
        <TableHead>
          <tr>
            <TableHeader align="right">#</TableHeader>
            <TableHeader>Run</TableHeader>
            <TableHeader>Recipe</TableHeader>
            <TableHeader align="right" title="Mean ± standard deviation over seeds (runs)">
              mIoU
            </TableHeader>
            <TableHeader>IoU by class</TableHeader>
            <TableHeader>Threshold</TableHeader>
            <TableHeader>Seeds</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {withRanks(board.data).map(({ row, rank }) => (
            <TableRow key={row.group}>
              <TableCell align="right" className="w-10 text-ink-3">
                {rank ?? "—"}
              </TableCell>
              <TableCell className="min-w-48">
                <Link
                  href={`/runs/${row.members[0]!.runId}`}
                  className="font-medium hover:text-accent hover:underline"
                >
                  {row.title}
                </Link>
                {row.supervision === "masks" ? (
                  <Badge tone="violet" className="ml-2">
                    upper reference
                  </Badge>
                ) : null}
              </TableCell>
              <TableCell className="whitespace-nowrap">{row.recipe ?? "own"}</TableCell>
              <TableCell align="right">
                <Score row={row} />
              </TableCell>
              <TableCell>
                <ClassHeatStrip
                  values={[...styles].map(
                    ({ label }) => row.classes.find((one) => one.label === label)?.mean ?? null,
                  )}
                  styles={styles}
                />
              </TableCell>
              <TableCell className="tabular-nums">{thresholds(row)}</TableCell>
              <TableCell className="whitespace-nowrap tabular-nums">
                {row.members.map(({ runId, seed }) => (
                  <Link
                    key={runId}
                    href={`/runs/${runId}`}
                    className="mr-2 inline-flex min-h-6 items-center text-ink-2 hover:text-accent hover:underline"
                  >
                    {seed}
                  </Link>
                ))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
