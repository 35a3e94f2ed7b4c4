"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { Select } from "@seedmask/ui/primitives/select";
import { ConfusionMatrix } from "@seedmask/ui/segmentation/confusion-matrix";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { classStyles } from "#lib/class-styles.ts";
import { useTRPC } from "#trpc/client.tsx";
import { NoEvaluation } from "./ClassesScreen.tsx";
import { ProvenanceChip } from "./ProvenanceChip.tsx";
import { useChosenEvaluation } from "./use-chosen-evaluation.ts";
import { type Evaluation, useRun } from "./use-run.ts";

export function ConfusionScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const { chosen, choose, evaluations } = useChosenEvaluation(run);
  if (!chosen) return <NoEvaluation />;
  return (
    <Card
      title="Confusion"
      description="A cell opens its images."
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <ProvenanceChip
            policy={chosen.policy}
            images={chosen.images}
            coverage={chosen.coverage}
          />
          <Select
            aria-label="Evaluation"
            className="w-56"
            value={String(chosen.id)}
            onValueChange={choose}
            options={evaluations.map(({ id, stage, split }) => ({
              value: String(id),
              label: `${STAGE_TITLES[stage]}, ${split}`,
            }))}
          />
        </div>
      }
    >
      <Matrix runId={runId} evaluation={chosen} classes={run.dataset.classes} />
    </Card>
  );
}

interface MatrixProps {
  readonly runId: string;
  readonly evaluation: Evaluation;
  readonly classes: readonly string[];
}

function Matrix({ runId, evaluation, classes }: MatrixProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const detail = useQuery(trpc.evaluations.get.queryOptions({ id: evaluation.id }));
  if (detail.isPending) return <Loading label="Loading the matrix" shape="chart" />;
  if (detail.isError) {
    return (
      <Failed title="The matrix could not be read" onRetry={() => void detail.refetch()}>
        {detail.error.message}
      </Failed>
    );
  }
  const { labels, matrix } = detail.data.confusion;
  return (
    <ConfusionMatrix
      labels={labels}
      matrix={matrix}
      styles={classStyles(classes)}
      onSelect={(truth) => router.push(`/runs/${runId}/gallery?label=${truth}`)}
    />
  );
}
