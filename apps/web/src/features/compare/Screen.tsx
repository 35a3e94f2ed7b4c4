"use client";
import { Failed } from "@seedmask/ui/states/failed";
import { Empty } from "@seedmask/ui/states/empty";
import { Loading } from "@seedmask/ui/states/loading";
import { useQueries } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { useTRPC } from "#trpc/client.tsx";
import { columnsOf } from "./columns.ts";
import { CompareHead } from "./CompareHead.tsx";
import { CompareRows } from "./CompareRows.tsx";
import { RunPicker } from "./RunPicker.tsx";
import { useCompareState } from "./use-compare-state.ts";

/** Runs and stages side by side on the same images; the leftmost column is the baseline. */
export function CompareScreen(): ReactNode {
  const trpc = useTRPC();
  const [state, setState] = useCompareState();
  const queries = useQueries({
    queries: state.runs.map((runId) => trpc.runs.get.queryOptions({ runId })),
  });
  const failed = queries.find((one) => one.error !== null);
  const runs = queries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const columns = columnsOf(runs, state.stages);
  const against = Math.min(Math.max(1, state.against), Math.max(1, columns.length - 1));
  return (
    <div className="flex flex-col gap-4">
      <RunPicker
        runs={runs}
        stages={state.stages}
        onRuns={(next) => void setState({ runs: next, image: null })}
        onStages={(next) => void setState({ stages: next, image: null })}
      />
      {failed !== undefined && (
        <Failed title="A run could not be read" onRetry={() => void failed.refetch()}>
          {failed.error?.message}
        </Failed>
      )}
      {queries.some((one) => one.isPending) ? (
        <Loading label="Loading runs" shape="rows" />
      ) : columns.length < 2 ? (
        <Empty title="Pick two things to compare" icon={<GitCompareArrows />}>
          {columns.length === 0 && state.runs.length > 0
            ? "The chosen runs have no numbers for these stages yet. Add a stage or a run."
            : "Add another run, or another stage of this run. The first column is the baseline."}
        </Empty>
      ) : (
        <>
          <CompareHead
            columns={columns}
            against={against}
            onAgainst={(position) => void setState({ against: position })}
            label={state.label}
            onLabel={(label) => void setState({ label })}
          />
          <CompareRows
            columns={columns}
            against={against}
            state={state}
            onChange={(change) => void setState(change)}
          />
        </>
      )}
    </div>
  );
}
