"use client";
import { type EvaluationPolicy, publishedResults } from "@seedmask/core/contract";
import { Select } from "@seedmask/ui/primitives/select";
import { Table, TableBody, TableHead, TableHeader } from "@seedmask/ui/primitives/table";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import { classStyles } from "#lib/class-styles.ts";
import { useTRPC } from "#trpc/client.tsx";
import { ExportRanking } from "./ExportRanking.tsx";
import { standings } from "./rank.ts";
import { PublishedRow, RankingRow } from "./RankingRow.tsx";

interface RankingProps {
  readonly policyKey: string;
  readonly policy: EvaluationPolicy;
  readonly classes: readonly string[];
}

export function Ranking({ policyKey, policy, classes }: RankingProps) {
  const trpc = useTRPC();
  const [label, setLabel] = useQueryState("class", parseAsInteger);
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
  const names = ["background", ...classes];
  const chosen = label !== null && names[label] !== undefined ? label : null;
  const published = chosen === null ? publishedResults(classes, policy) : [];
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Select
          aria-label="Ranked by"
          className="w-full sm:w-64"
          value={chosen === null ? "mean" : String(chosen)}
          onValueChange={(next) => void setLabel(next === "mean" ? null : Number(next))}
          options={[
            { value: "mean", label: "Mean over all classes" },
            ...names.map((name, at) => ({ value: String(at), label: `IoU of ${name}` })),
          ]}
        />
        <ExportRanking
          table={{ rows: board.data, classes, published: publishedResults(classes, policy) }}
        />
      </div>
      <Table label="Ranking">
        <TableHead>
          <tr>
            <TableHeader align="right">#</TableHeader>
            <TableHeader>Run</TableHeader>
            <TableHeader>Recipe</TableHeader>
            <TableHeader align="right" title="Mean ± standard deviation over seeds (runs)">
              {chosen === null ? "mIoU" : `IoU ${names[chosen]}`}
            </TableHeader>
            <TableHeader>IoU by class</TableHeader>
            <TableHeader>Threshold</TableHeader>
            <TableHeader>Seeds</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {standings(board.data, chosen).map((standing) => (
            <RankingRow
              key={`${standing.row.group} ${standing.row.supervision}`}
              standing={standing}
              styles={styles}
            />
          ))}
          {published.map((result) => (
            <PublishedRow key={`${result.method} ${result.source}`} result={result} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
