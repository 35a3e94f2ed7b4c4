"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { Select } from "@seedmask/ui/primitives/select";
import { ClassIouTable } from "@seedmask/ui/segmentation/class-iou-table";
import { Empty } from "@seedmask/ui/states/empty";
import { useRouter } from "next/navigation";
import { classStyles } from "#lib/class-styles.ts";
import { ProvenanceChip } from "./ProvenanceChip.tsx";
import { useChosenEvaluation } from "./use-chosen-evaluation.ts";
import { useRun } from "./use-run.ts";

export function ClassesScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const router = useRouter();
  const { chosen, choose, evaluations } = useChosenEvaluation(run);
  if (!chosen) return <NoEvaluation />;
  return (
    <Card
      title="By class"
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
      <ClassIouTable
        rows={chosen.classes}
        styles={classStyles(run.dataset.classes)}
        onSelect={(label) => router.push(`/runs/${runId}/gallery?label=${label}`)}
      />
    </Card>
  );
}

export const NoEvaluation = () => (
  <Empty title="Nothing was scored yet">
    Numbers appear after the first stage that makes masks, on every split that has true masks.
  </Empty>
);
