"use client";
import type { PublishedResult } from "@seedmask/core/contract";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { formatNumber } from "@seedmask/ui/format";
import { Badge } from "@seedmask/ui/primitives/badge";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { TableCell, TableRow } from "@seedmask/ui/primitives/table";
import { ClassHeatStrip } from "@seedmask/ui/segmentation/class-heat-strip";
import { Link } from "#lib/link.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import type { Standing } from "./rank.ts";

type Row = RouterOutputs["leaderboard"]["rows"][number];

function Score({ standing: { row, score } }: { readonly standing: Standing<Row> }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      <IouFigure value={score?.mean ?? null} className="text-base font-semibold" />
      <span className="text-xs text-ink-3">
        {score?.std == null ? "" : ` ± ${(score.std * 100).toFixed(1)}`} ({row.n})
      </span>
    </span>
  );
}

/** Under a policy of its own, so it has no rank here. */
export function PublishedRow({ result }: { readonly result: PublishedResult }) {
  return (
    <TableRow className="text-ink-2">
      <TableCell align="right" className="w-10 text-ink-3">
        —
      </TableCell>
      <TableCell className="min-w-48">
        {result.method}
        <Badge tone="outline" className="ml-2">
          published
        </Badge>
      </TableCell>
      <TableCell className="whitespace-nowrap">{result.backbone}</TableCell>
      <TableCell align="right">
        <IouFigure value={result.meanIou} className="text-base" />
      </TableCell>
      <TableCell colSpan={3} className="text-xs text-ink-3">
        {result.source}
      </TableCell>
    </TableRow>
  );
}

function thresholds({ members }: Row): string {
  const values = members.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  return values.length === 0
    ? "—"
    : [...new Set(values.map((value) => formatNumber(value)))].join(", ");
}

interface RankingRowProps {
  readonly standing: Standing<Row>;
  readonly styles: readonly LabelStyle[];
}

/** A group of repeats: its rank, mean ± deviation over seeds, profile over the classes. */
export function RankingRow({ standing, styles }: RankingRowProps) {
  const { row, rank } = standing;
  return (
    <TableRow>
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
        <Score standing={standing} />
      </TableCell>
      <TableCell>
        <ClassHeatStrip
          values={styles.map(
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
  );
}
