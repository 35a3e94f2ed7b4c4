"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { FlowList } from "@seedmask/ui/charts/flow-list";
import { Card } from "@seedmask/ui/primitives/card";
import { formatDuration } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { useNow } from "#lib/use-now.ts";
import { useTRPC } from "#trpc/client.tsx";
import { PipelineRow } from "./PipelineRow.tsx";
import { timeSpans } from "./pipeline-model.ts";
import { useRun } from "./use-run.ts";

/** Which stage waits for which, when each ran, and what was taken over from earlier runs. */
export function PipelineScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const trpc = useTRPC();
  const now = useNow();
  const lineage = useQuery(trpc.runs.lineage.queryOptions({ runId }));
  if (lineage.isPending) return <Loading label="Loading the pipeline" shape="rows" count={7} />;
  if (lineage.isError) {
    return (
      <Failed title="The pipeline could not be read" onRetry={() => void lineage.refetch()}>
        {lineage.error.message}
      </Failed>
    );
  }
  const sources = new Map(lineage.data.stages.map(({ stage, from }) => [stage, from]));
  const { spans, total } = timeSpans(run.stages, now);
  const reused = run.stages.filter(({ cached }) => cached).length;
  return (
    <Card
      title="Pipeline"
      description={[
        `${run.stages.length} stages`,
        ...(reused > 0 ? [`${reused} reused`] : []),
        ...(total > 0 ? [`bars over ${formatDuration(total)}`] : []),
      ].join(" · ")}
    >
      <FlowList
        label="Stages of the run"
        rowHeight={76}
        rows={run.stages.map((stage) => ({
          key: stage.stage,
          from: sources.get(stage.stage) ?? [],
          content: (
            <PipelineRow
              runId={runId}
              stage={stage}
              span={spans.get(stage.stage) ?? null}
              maker={
                stage.cached
                  ? (lineage.data.artifacts.find((one) => one.stage === stage.stage)?.madeBy ??
                    null)
                  : null
              }
              takes={(sources.get(stage.stage) ?? []).map((from) => STAGE_TITLES[from])}
            />
          ),
        }))}
      />
    </Card>
  );
}
