"use client";
import { stateCounts, STAGE_TITLES } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Select } from "@seedmask/ui/primitives/select";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { type FlowStep, PixelFlow } from "@seedmask/ui/segmentation/pixel-flow";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { classStyles } from "#lib/class-styles.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import type { Run } from "./use-run.ts";

type Evidence = RouterOutputs["evidence"]["list"][number];

/** Steps of one split under the rule that leaves 255 out, so that each begins where one ended. */
function stepsOf(
  run: Run,
  evidence: readonly Evidence[],
  split: string,
  label?: number,
): FlowStep[] {
  const excluded = new Set(
    run.evaluations
      .filter((one) => one.split === split && one.policy.predictedIgnoreRule === "excluded")
      .map(({ id }) => id),
  );
  return evidence.flatMap(({ id, stage, change }) =>
    change === null || !excluded.has(id)
      ? []
      : [
          {
            from: STAGE_TITLES[change.from],
            to: STAGE_TITLES[stage],
            counts: stateCounts(change, label),
          },
        ],
  );
}

const ALL = "all";

/** What each stage made of the pixels of the one before it. */
export function StageFlow({ run }: { readonly run: Run }) {
  const trpc = useTRPC();
  const { trainSplit, evaluationSplit } = run.config;
  const [split, setSplit] = useState(evaluationSplit);
  const [label, setLabel] = useState(ALL);
  const evidence = useQuery(trpc.evidence.list.queryOptions({ runId: run.id }));
  const styles = classStyles(run.dataset.classes);
  const splits = [...new Set([evaluationSplit, trainSplit])];
  const shown = label === ALL ? undefined : Number(label);
  const steps = stepsOf(run, evidence.data ?? [], split, shown);
  return (
    <Card
      title="Pixels from stage to stage"
      description={`On ${split}, pixels with a true label${shown === undefined ? "" : ` of ${styles[shown]?.name}`}`}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Split of the flow"
            value={split}
            onValueChange={setSplit}
            options={splits.map((one) => ({ value: one, label: one }))}
          />
          <Select
            aria-label="Class of the flow"
            className="w-44"
            value={label}
            onValueChange={setLabel}
            options={[
              { value: ALL, label: "All classes" },
              ...styles.map((style) => ({
                value: String(style.label),
                label: style.name,
                icon: <ColourChip style={style} />,
              })),
            ]}
          />
        </div>
      }
    >
      {evidence.isPending ? (
        <Loading label="Loading the flow" shape="chart" />
      ) : evidence.isError ? (
        <Failed title="The flow could not be read" onRetry={() => void evidence.refetch()}>
          {evidence.error.message}
        </Failed>
      ) : steps.length === 0 ? (
        <Empty title="Nothing to follow yet">
          The flow begins with the second stage that makes masks of a split with ground truth.
        </Empty>
      ) : steps[0]!.counts.every((count) => count === 0) ? (
        <Empty title="No such pixel">{`No true mask of ${split} holds this class.`}</Empty>
      ) : (
        <PixelFlow steps={steps} />
      )}
    </Card>
  );
}
