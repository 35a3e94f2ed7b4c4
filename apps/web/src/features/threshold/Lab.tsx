"use client";
import {
  alphaOfThreshold,
  classIous,
  confusionAtThreshold,
  meanIou,
  type ThresholdHistogram,
} from "@seedmask/core/contract";
import { ThresholdCurve } from "@seedmask/ui/charts/threshold-curve";
import { formatDelta, formatIou } from "@seedmask/ui/format";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Select } from "@seedmask/ui/primitives/select";
import { Tabs } from "@seedmask/ui/primitives/tabs";
import { ConfusionMatrix } from "@seedmask/ui/segmentation/confusion-matrix";
import { useRouter } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";
import type { RouterOutputs } from "#trpc/types.ts";
import { ProvenanceChip } from "../run/ProvenanceChip.tsx";
import { type Provenance, provenanceOf } from "../run/provenance.ts";
import { datasetStyles } from "../gallery/label-styles.ts";
import { ClassThresholds } from "./ClassThresholds.tsx";
import { SeedPreview } from "./SeedPreview.tsx";
import { bestEdge, bestEdgeByLabel, confusionAtEdges, sweepMeasures } from "./sweep.ts";
import { ThresholdFields } from "./ThresholdFields.tsx";

export interface LabProps {
  readonly run: RouterOutputs["runs"]["get"];
  readonly evaluation: RouterOutputs["evaluations"]["get"];
  readonly histogram: ThresholdHistogram;
  readonly splits: readonly string[];
  readonly onSplit: (split: string) => void;
}

const CHOICES = {
  fixed: "fixed in the recipe",
  "labelled-train-images": "chosen on labelled train images",
  oracle: "chosen on the ground truth it is scored on",
  none: "not by threshold",
};

/** Curve, classes, confusion and seeds, all of one threshold. */
export function Lab({ run, evaluation, histogram, splits, onSplit }: LabProps): ReactNode {
  const { policy } = evaluation;
  const rule = policy.absentClassRule;
  const sweep = useMemo(() => sweepMeasures(histogram, rule), [histogram, rule]);
  const best = useMemo(() => bestEdge(sweep.map((one) => one.meanIou)), [sweep]);
  const used = policy.threshold.value;
  const usedEdge = used === null ? null : Math.round(used * histogram.bins);
  const [edge, setEdge] = useState(usedEdge ?? best);
  const [tab, setTab] = useState<"classes" | "confusion">("classes");
  const router = useRouter();
  const styles = useMemo(() => datasetStyles(run.dataset.classes, "voc"), [run.dataset.classes]);
  const edges = useMemo(() => bestEdgeByLabel(sweep), [sweep]);
  const perClass = useMemo(
    () => meanIou(confusionAtEdges(histogram, edges), rule),
    [histogram, edges, rule],
  );
  const counts = useMemo(() => confusionAtThreshold(histogram, edge), [histogram, edge]);
  const now = sweep[edge]!;
  const { threshold } = now;
  const openImages = (label: number): void =>
    router.push(
      `/runs/${run.id}/gallery?stage=make-seeds&split=${encodeURIComponent(policy.split)}&label=${label}`,
    );
  /** Another threshold than the run's was picked while looking at the result. */
  const provenance: Provenance = {
    ...provenanceOf(evaluation, run),
    policy:
      edge === usedEdge
        ? policy
        : {
            ...policy,
            threshold: { value: threshold, chosenBy: "oracle", images: evaluation.images },
          },
  };
  const gap = (value: number | null): number | null =>
    value === null || now.meanIou === null ? null : value - now.meanIou;

  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card
        title="Seeds by background threshold"
        description={`Exact for hard labels on ${policy.split}; nothing after the seeds is re-run.`}
        actions={
          splits.length > 1 && (
            <Select
              aria-label="Split"
              className="w-32"
              value={policy.split}
              onValueChange={onSplit}
              options={splits.map((split) => ({ value: split, label: split }))}
            />
          )
        }
      >
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
            <div>
              <p className="text-xs text-ink-3">Mean IoU</p>
              <p className="text-3xl font-semibold tabular-nums">{formatIou(now.meanIou)}</p>
            </div>
            <ProvenanceChip provenance={provenance} />
            <ThresholdFields
              threshold={threshold}
              alpha={threshold <= 0 || threshold >= 1 ? null : alphaOfThreshold(threshold)}
              onThreshold={(value) =>
                setEdge(
                  Math.min(histogram.bins - 1, Math.max(0, Math.round(value * histogram.bins))),
                )
              }
            />
            <div className="flex flex-wrap items-center gap-2">
              {usedEdge !== null && (
                <Button size="small" onClick={() => setEdge(usedEdge)}>
                  Run’s {used!.toFixed(3)}
                </Button>
              )}
              <Button size="small" onClick={() => setEdge(best)}>
                Best {sweep[best]!.threshold.toFixed(3)}
              </Button>
              {edge !== usedEdge && (
                <Badge
                  tone="amber"
                  title="Chosen on the very ground truth it is scored on: not a result to report"
                >
                  Oracle threshold
                </Badge>
              )}
              {edge === usedEdge && (
                <Badge tone={policy.threshold.chosenBy === "oracle" ? "amber" : "neutral"}>
                  {CHOICES[policy.threshold.chosenBy]}
                </Badge>
              )}
            </div>
          </div>
          <ThresholdCurve
            label="Mean IoU, precision and recall by threshold"
            thresholds={sweep.map((one) => one.threshold)}
            lines={[
              { key: "iou", label: "Mean IoU", values: sweep.map((one) => one.meanIou) },
              { key: "precision", label: "Precision", values: sweep.map((one) => one.precision) },
              { key: "recall", label: "Recall", values: sweep.map((one) => one.recall) },
            ]}
            value={edge}
            onValueChange={setEdge}
            marks={[
              { position: best, label: "best" },
              ...(usedEdge === null || usedEdge === best
                ? []
                : [{ position: usedEdge, label: "run" }]),
            ]}
          />
          <dl className="grid grid-cols-[auto_auto_1fr] gap-x-3 gap-y-1 text-xs tabular-nums">
            <dt className="text-ink-3">Best single threshold</dt>
            <dd>{formatIou(sweep[best]!.meanIou)}</dd>
            <dd className="text-ink-3">{formatDelta(gap(sweep[best]!.meanIou))} to this one</dd>
            <dt className="text-ink-3">Each class at its own best</dt>
            <dd>{formatIou(perClass)}</dd>
            <dd className="text-ink-3">{formatDelta(gap(perClass))} to this one · oracle</dd>
          </dl>
        </div>
      </Card>
      <Card flush className="overflow-hidden">
        <Tabs
          className="px-4 py-2"
          label="Details at this threshold"
          value={tab}
          onValueChange={setTab}
          items={[
            {
              value: "classes",
              label: "Classes",
              content: (
                <ClassThresholds
                  classes={classIous(counts)}
                  best={edges.map((at, label) => ({
                    threshold: sweep[at]!.threshold,
                    iou: sweep[at]!.classes[label] ?? null,
                  }))}
                  styles={styles}
                  onSelect={openImages}
                />
              ),
            },
            {
              value: "confusion",
              label: "Confusion",
              content: (
                <ConfusionMatrix
                  labels={counts.labels}
                  matrix={counts.matrix}
                  styles={styles}
                  onSelect={openImages}
                />
              ),
            },
          ]}
        />
      </Card>
      <SeedPreview
        className="xl:col-span-2"
        run={run}
        evaluationId={evaluation.id}
        split={policy.split}
        threshold={threshold}
        styles={styles}
      />
    </div>
  );
}
