"use client";
import { MASK_STAGES, STAGE_TITLES, type StageName } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { StageFunnel } from "@seedmask/ui/segmentation/stage-funnel";
import { isOver } from "#features/runs/run-status.ts";
import { StageStrip } from "#features/gallery/StageStrip.tsx";
import { classStyles } from "#lib/class-styles.ts";
import { Curves } from "./Curves.tsx";
import { ProvenanceChip } from "./ProvenanceChip.tsx";
import { provenanceOf } from "./provenance.ts";
import { StageFlow } from "./StageFlow.tsx";
import { StageList } from "./StageList.tsx";
import { type Evaluation, headlineEvaluations, type Run, useRun } from "./use-run.ts";

/** A bar for each stage that makes masks; a stage still to come holds its place. */
function funnelStages(run: Run) {
  const planned = new Set<string>(run.stages.map(({ stage }) => stage));
  const found = new Map<StageName, Evaluation>(
    headlineEvaluations(run).map((evaluation) => [evaluation.stage, evaluation]),
  );
  return MASK_STAGES.filter((stage) => planned.has(stage)).map((stage) => {
    const evaluation = found.get(stage);
    return {
      key: stage,
      title: STAGE_TITLES[stage],
      meanIou: evaluation ? evaluation.meanIou : isOver(run.status) ? null : ("not-yet" as const),
      classIous: evaluation?.classes.map(({ iou }) => iou) ?? [],
      ...(evaluation && {
        scope: evaluation.split,
        provenance: <ProvenanceChip provenance={provenanceOf(evaluation, run)} stage={false} />,
      }),
    };
  });
}

export function RunOverviewScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  return (
    <div className="grid grid-cols-1 gap-5">
      <Card
        title="mIoU by stage"
        description={`On ${run.config.evaluationSplit}, against true masks`}
      >
        <StageFunnel stages={funnelStages(run)} styles={classStyles(run.dataset.classes)} />
      </Card>
      <StageFlow run={run} />
      <StageStrip runId={runId} count={8} />
      <StageList run={run} />
      <Curves runId={runId} />
    </div>
  );
}
