"use client";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { SlidersVertical } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { useTRPC } from "#trpc/client.tsx";
import { Lab } from "./Lab.tsx";

export interface ThresholdScreenProps {
  readonly runId: string;
}

/** The threshold lab: what every background threshold would have given, without running anything. */
export function ThresholdScreen({ runId }: ThresholdScreenProps): ReactNode {
  const trpc = useTRPC();
  const [split, setSplit] = useQueryState("split", parseAsString);
  const run = useQuery(trpc.runs.get.queryOptions({ runId }));
  const seeds = run.data?.evaluations.filter(({ stage }) => stage === "make-seeds") ?? [];
  const chosen = seeds.find((one) => one.split === split) ?? seeds[0];
  const evaluation = useQuery({
    ...trpc.evaluations.get.queryOptions({ id: chosen?.id ?? 0 }),
    enabled: chosen !== undefined,
  });
  const broken = run.error ?? evaluation.error;
  if (broken !== null) {
    const again = (): void => void (run.isError ? run.refetch() : evaluation.refetch());
    return (
      <Failed title="The threshold lab could not be read" onRetry={again}>
        {broken.message}
      </Failed>
    );
  }
  if (run.data === undefined || (chosen !== undefined && evaluation.isPending)) {
    return <Loading label="Loading the threshold lab" shape="chart" />;
  }
  const histogram = evaluation.data?.thresholdHistogram ?? null;
  if (evaluation.data === undefined || histogram === null) {
    return (
      <Empty title="No threshold curve" icon={<SlidersVertical />}>
        {seeds.length === 0
          ? "The curve appears after “Make seeds”, for splits that have ground truth."
          : "These masks are not hard labels of one score, so a threshold does not decide them."}
      </Empty>
    );
  }
  return (
    <Lab
      key={evaluation.data.id}
      run={run.data}
      evaluation={evaluation.data}
      histogram={histogram}
      splits={seeds.map((one) => one.split)}
      onSplit={(next) => void setSplit(next)}
    />
  );
}
