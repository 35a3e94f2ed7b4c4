import { MASK_STAGES, type MaskStage, STAGE_TITLES } from "@seedmask/core/contract";
import { formatIou } from "@seedmask/ui/format";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { IconButton } from "@seedmask/ui/primitives/icon-button";
import { Select } from "@seedmask/ui/primitives/select";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

export interface RunPickerProps {
  readonly runs: readonly RouterOutputs["runs"]["get"][];
  readonly stages: readonly MaskStage[];
  readonly onRuns: (runIds: string[]) => void;
  readonly onStages: (stages: MaskStage[]) => void;
}

/** Which runs (in order; the first is the baseline) and which of their stages. */
export function RunPicker({ runs, stages, onRuns, onStages }: RunPickerProps): ReactNode {
  const trpc = useTRPC();
  const list = useQuery(trpc.runs.list.queryOptions({ limit: 100 }));
  const ids = runs.map(({ id }) => id);
  const others = (list.data?.rows ?? []).filter(({ id }) => !ids.includes(id));
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Runs compared" className="flex flex-wrap items-center gap-2">
        {runs.map((run, position) => (
          <li
            key={run.id}
            className="flex items-center gap-1 rounded-md border border-line bg-surface py-0.5 pr-0.5 pl-2.5 text-sm"
          >
            <span className="max-w-56 truncate">{run.title ?? run.name}</span>
            {position === 0 ? (
              <Badge tone="accent">baseline</Badge>
            ) : (
              <IconButton
                size="icon-small"
                label={`Make ${run.name} the baseline`}
                icon={<ArrowLeft aria-hidden />}
                onClick={() => onRuns([run.id, ...ids.filter((id) => id !== run.id)])}
              />
            )}
            <IconButton
              size="icon-small"
              label={`Take ${run.name} out`}
              icon={<X aria-hidden />}
              onClick={() => onRuns(ids.filter((id) => id !== run.id))}
            />
          </li>
        ))}
        <li>
          <Select
            aria-label="Add a run"
            className="w-56"
            value={undefined}
            placeholder={others.length === 0 ? "No other run" : "Add a run…"}
            disabled={others.length === 0}
            onValueChange={(id) => onRuns([...ids, id])}
            options={others.map((run) => ({
              value: run.id,
              label: run.title ?? run.name,
              hint: `mIoU ${formatIou(run.meanIou ?? null)}`,
            }))}
          />
        </li>
      </ul>
      <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <legend className="sr-only">Stages</legend>
        {MASK_STAGES.map((stage) => (
          <Checkbox
            key={stage}
            label={STAGE_TITLES[stage]}
            checked={stages.includes(stage)}
            onCheckedChange={(checked) =>
              onStages(
                MASK_STAGES.filter((one) => (one === stage ? checked : stages.includes(one))),
              )
            }
          />
        ))}
      </fieldset>
    </div>
  );
}
