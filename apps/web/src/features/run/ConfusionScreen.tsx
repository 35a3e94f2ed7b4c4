"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { ConfusionMatrix } from "@seedmask/ui/segmentation/confusion-matrix";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { classStyles } from "#lib/class-styles.ts";
import { useTRPC } from "#trpc/client.tsx";
import { NoEvaluation } from "./ClassesScreen.tsx";
import { EvaluationPicker } from "./EvaluationPicker.tsx";
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
        <EvaluationPicker run={run} evaluations={evaluations} chosen={chosen} onChoose={choose} />
      }
    >
      <EvaluationMatrix runId={runId} evaluation={chosen} classes={run.dataset.classes} />
    </Card>
  );
}

interface MatrixProps {
  readonly runId: string;
  readonly evaluation: Evaluation;
  readonly classes: readonly string[];
}

/** Ground truth by prediction of one evaluation; a cell opens the images of its class. */
export function EvaluationMatrix({ runId, evaluation, classes }: MatrixProps) {
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
