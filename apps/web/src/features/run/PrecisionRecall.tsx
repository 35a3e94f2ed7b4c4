"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import {
  PrecisionRecallMap,
  type PrecisionRecallPoint,
} from "@seedmask/ui/segmentation/precision-recall-map";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";
import type { Evaluation, Run } from "./use-run.ts";

interface PrecisionRecallProps {
  readonly run: Run;
  readonly evaluation: Evaluation;
  readonly styles: readonly LabelStyle[];
  readonly onSelect: (label: number) => void;
}

/** Earlier evaluations of the same split and rule, oldest first. */
function earlierOf({ evaluations }: Run, { id, split, policy }: Evaluation): Evaluation[] {
  const same = evaluations.filter(
    (one) => one.split === split && one.policy.predictedIgnoreRule === policy.predictedIgnoreRule,
  );
  return same.slice(
    0,
    same.findIndex((one) => one.id === id),
  );
}

/** Whether a class misses its objects or spills over, and how that came about. */
export function PrecisionRecall({ run, evaluation, styles, onSelect }: PrecisionRecallProps) {
  const trpc = useTRPC();
  const detail = useQuery(trpc.evaluations.get.queryOptions({ id: evaluation.id }));
  if (detail.isPending) return <Loading label="Loading the map" shape="chart" />;
  if (detail.isError) {
    return (
      <Failed title="The map could not be read" onRetry={() => void detail.refetch()}>
        {detail.error.message}
      </Failed>
    );
  }
  const { labels, matrix } = detail.data.confusion;
  const earlier = earlierOf(run, evaluation);
  const points = evaluation.classes.map(({ label, precision, recall }): PrecisionRecallPoint => ({
    label,
    precision,
    recall,
    pixels: matrix
      .slice(label * labels, (label + 1) * labels)
      .reduce((sum, count) => sum + count, 0),
    trail: earlier.flatMap(({ stage, classes }) => {
      const then = classes.find((one) => one.label === label);
      return then === undefined || then.precision === null || then.recall === null
        ? []
        : [{ name: STAGE_TITLES[stage], precision: then.precision, recall: then.recall }];
    }),
  }));
  return <PrecisionRecallMap points={points} styles={styles} onSelect={onSelect} />;
}
