import { STAGE_TITLES } from "@seedmask/core/contract";
import { Select } from "@seedmask/ui/primitives/select";
import { ProvenanceChip } from "./ProvenanceChip.tsx";
import { provenanceOf } from "./provenance.ts";
import type { Evaluation, Run } from "./use-run.ts";

interface EvaluationPickerProps {
  readonly run: Run;
  readonly evaluations: readonly Evaluation[];
  readonly chosen: Evaluation;
  readonly onChoose: (id: string) => void;
}

const titleOf = ({ stage, split, policy }: Evaluation): string =>
  `${STAGE_TITLES[stage]}, ${split}${policy.predictedIgnoreRule === "as-background" ? ", 255 as background" : ""}`;

/** Which evaluation a page speaks of, with what its numbers stand for. */
export function EvaluationPicker({ run, evaluations, chosen, onChoose }: EvaluationPickerProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ProvenanceChip provenance={provenanceOf(chosen, run)} />
      <Select
        aria-label="Evaluation"
        className="w-64"
        value={String(chosen.id)}
        onValueChange={onChoose}
        options={evaluations.map((evaluation) => ({
          value: String(evaluation.id),
          label: titleOf(evaluation),
        }))}
      />
    </div>
  );
}
