"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { ClassIouTable } from "@seedmask/ui/segmentation/class-iou-table";
import { Empty } from "@seedmask/ui/states/empty";
import { useRouter } from "next/navigation";
import { classStyles } from "#lib/class-styles.ts";
import { EvaluationPicker } from "./EvaluationPicker.tsx";
import { PrecisionRecall } from "./PrecisionRecall.tsx";
import { useChosenEvaluation } from "./use-chosen-evaluation.ts";
import { useRun } from "./use-run.ts";

export function ClassesScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const router = useRouter();
  const { chosen, choose, evaluations } = useChosenEvaluation(run);
  if (!chosen) return <NoEvaluation />;
  const worstOf = (label: number): void =>
    router.push(
      `/runs/${runId}/gallery?stage=${chosen.stage}&split=${encodeURIComponent(chosen.split)}&label=${label}`,
    );
  const styles = classStyles(run.dataset.classes);
  return (
    <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
      <Card
        title="By class"
        actions={
          <EvaluationPicker run={run} evaluations={evaluations} chosen={chosen} onChoose={choose} />
        }
      >
        <ClassIouTable rows={chosen.classes} styles={styles} onSelect={worstOf} />
      </Card>
      <Card
        title="Precision and recall"
        description="Lines of equal IoU; the trail comes from earlier stages of this split. Size is true pixels; a class opens its worst images."
      >
        <PrecisionRecall run={run} evaluation={chosen} styles={styles} onSelect={worstOf} />
      </Card>
    </div>
  );
}

export const NoEvaluation = () => (
  <Empty title="Nothing was scored yet">
    Numbers appear after the first stage that makes masks, on every split that has true masks.
  </Empty>
);
