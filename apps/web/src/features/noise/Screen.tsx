"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { formatCount, formatPercent } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { EvaluationPicker } from "#features/run/EvaluationPicker.tsx";
import { useChosenEvaluation } from "#features/run/use-chosen-evaluation.ts";
import { type Evaluation, type Run, useRun } from "#features/run/use-run.ts";
import { useTRPC } from "#trpc/client.tsx";
import { NoiseMatrix } from "./NoiseMatrix.tsx";
import { ByDistance, BySize } from "./NoisePlaces.tsx";
import { NoiseBudget } from "./NoiseBudget.tsx";
import { ReviewQueue } from "./ReviewQueue.tsx";
import { StageDoubts } from "./StageDoubts.tsx";
import { useReviewState } from "./use-review-state.ts";

/** Pseudo masks on the images they train: the noise the segmenter learns from. */
const preferredOf = (run: Run): Evaluation | undefined =>
  run.evaluations.find(
    ({ stage, split }) => stage === "make-pseudo-masks" && split === run.config.trainSplit,
  ) ?? run.evaluations.find(({ stage }) => stage === "make-pseudo-masks");

/** Where masks are wrong and why; without ground truth, where they are doubtful. */
export function NoiseScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const trpc = useTRPC();
  const { chosen, choose, evaluations } = useChosenEvaluation(run, preferredOf(run));
  const evidence = useQuery(trpc.evidence.list.queryOptions({ runId }));
  const doubts = useQuery(trpc.evidence.doubts.queryOptions({ runId }));
  const broken = evidence.error ?? doubts.error;
  if (broken) {
    const again = (): void => void (evidence.isError ? evidence.refetch() : doubts.refetch());
    return (
      <Failed title="The noise of this run could not be read" onRetry={again}>
        {broken.message}
      </Failed>
    );
  }
  if (!evidence.data || !doubts.data) return <Loading label="Loading the noise" shape="chart" />;
  if (!chosen && doubts.data.length === 0) {
    return (
      <Empty title="No masks to look at yet">
        Noise appears after the first stage that makes masks: against true masks where the split has
        them, else as disagreement between stages.
      </Empty>
    );
  }
  const noise = evidence.data.find(({ id }) => id === chosen?.id)?.noise ?? null;
  return (
    <div className="grid grid-cols-1 gap-5">
      {chosen === null ? (
        <Empty title="No true masks to compare with">
          No split of this run has ground truth. What stages say of each other stands below.
        </Empty>
      ) : noise === null ? (
        <Card
          title="Noise budget"
          actions={<Picker run={run} {...{ evaluations, chosen, choose }} />}
        >
          <Empty title="Not counted for this run">
            An earlier version scored these masks. Run the stage again to see where they are wrong.
          </Empty>
        </Card>
      ) : (
        <>
          <Budget
            {...{ run, chosen, noise }}
            picker={<Picker run={run} {...{ evaluations, chosen, choose }} />}
          />
          <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
            <ByDistance noise={noise} />
            <BySize noise={noise} />
          </div>
        </>
      )}
      {chosen === null ? null : <NoiseMatrix run={run} evaluation={chosen} />}
      <StageDoubts run={run} doubts={doubts.data} />
      <ReviewQueue run={run} evaluation={noise === null ? null : chosen} doubts={doubts.data} />
    </div>
  );
}

interface PickerProps {
  readonly run: Run;
  readonly evaluations: readonly Evaluation[];
  readonly chosen: Evaluation;
  readonly choose: (id: string) => void;
}
const Picker = ({ run, evaluations, chosen, choose }: PickerProps) => (
  <EvaluationPicker run={run} evaluations={evaluations} chosen={chosen} onChoose={choose} />
);

interface BudgetProps {
  readonly chosen: Evaluation;
  readonly noise: Parameters<typeof NoiseBudget>[0]["noise"];
  readonly picker: React.ReactNode;
}

function Budget({ chosen, noise, picker }: BudgetProps) {
  const [, setReview] = useReviewState();
  const wrong = noise.causes.reduce((sum, pixels) => sum + pixels, 0);
  const share = noise.scored === 0 ? null : wrong / noise.scored;
  return (
    <Card
      title="Noise budget"
      description={`${STAGE_TITLES[chosen.stage]} on ${chosen.split}: ${formatCount(wrong)} of ${formatCount(noise.scored)} scored pixels are wrong, ${formatPercent(share, 1)}`}
      actions={picker}
    >
      <NoiseBudget
        noise={noise}
        onSelect={(cause) => {
          void setReview({ by: "error", cause });
          document.getElementById("review")?.scrollIntoView({ block: "start" });
        }}
      />
    </Card>
  );
}
