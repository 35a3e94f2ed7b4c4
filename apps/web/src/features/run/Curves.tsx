"use client";
import { STAGE_TITLES, type StageName } from "@seedmask/core/contract";
import { LineChart } from "@seedmask/ui/charts/line-chart";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Empty } from "@seedmask/ui/states/empty";
import { Loading } from "@seedmask/ui/states/loading";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#trpc/client.tsx";

interface Named {
  readonly stage: StageName;
  readonly name: string;
}

const better = (name: string): "higher" | "lower" | undefined => {
  if (name.includes("loss")) return "lower";
  return /map|iou|accuracy|precision|recall/.test(name) ? "higher" : undefined;
};

/** One chart for each thing a stage measures while it trains. */
export function Curves({ runId }: { readonly runId: string }) {
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<StageName | null>(null);
  const { data, isPending } = useQuery({
    ...trpc.runs.metrics.queryOptions({ runId, maxPoints: 600 }),
    placeholderData: keepPreviousData,
  });
  const series = data ?? [];
  const stages = [...new Set(series.map((one: Named) => one.stage))];
  const stage = chosen !== null && stages.includes(chosen) ? chosen : stages.at(-1);
  const shown = series.filter((one: Named) => one.stage === stage);
  return (
    <Card
      title="Training curves"
      actions={
        stages.length > 1 && stage ? (
          <Segmented
            label="Stage"
            value={stage}
            onValueChange={setChosen}
            options={stages.map((value) => ({ value, label: STAGE_TITLES[value] }))}
          />
        ) : null
      }
    >
      {isPending ? (
        <Loading label="Loading curves" shape="chart" />
      ) : shown.length === 0 ? (
        <Empty title="No curve yet">Stages that train draw theirs here, step by step.</Empty>
      ) : (
        <div className="grid gap-6 lg:grid-cols-2">
          {shown.map(({ name, steps, values }) => (
            <LineChart
              key={`${stage} ${name}`}
              label={`${name} by step`}
              height={180}
              series={[{ key: name, label: name, steps, values, better: better(name) }]}
            />
          ))}
        </div>
      )}
    </Card>
  );
}
