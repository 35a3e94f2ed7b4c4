"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { EvaluationMatrix } from "#features/run/ConfusionScreen.tsx";
import type { Evaluation, Run } from "#features/run/use-run.ts";

interface NoiseMatrixProps {
  readonly run: Run;
  readonly evaluation: Evaluation;
}

/** What true classes are called by the masks. */
export const NoiseMatrix = ({ run, evaluation }: NoiseMatrixProps) => (
  <Card
    title="Class to class"
    description={`${STAGE_TITLES[evaluation.stage]} against true masks on ${evaluation.split}; a cell opens its images`}
  >
    <EvaluationMatrix runId={run.id} evaluation={evaluation} classes={run.dataset.classes} />
  </Card>
);
