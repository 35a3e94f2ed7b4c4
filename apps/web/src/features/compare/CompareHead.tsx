import { formatDelta } from "@seedmask/ui/format";
import { BarList } from "@seedmask/ui/charts/bar-list";
import { cx } from "@seedmask/ui/cx";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { DeltaFigure, IouFigure } from "@seedmask/ui/primitives/figure";
import { ClassHeatStrip } from "@seedmask/ui/segmentation/class-heat-strip";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ProvenanceChip } from "../run/ProvenanceChip.tsx";
import { provenanceOf } from "../run/provenance.ts";
import { datasetStyles } from "../gallery/label-styles.ts";
import { type Column, policyDifferences } from "./columns.ts";

export interface CompareHeadProps {
  readonly columns: readonly Column[];
  readonly against: number;
  readonly onAgainst: (position: number) => void;
  /** Class whose winners and losers are listed; all where null. */
  readonly label: number | null;
  readonly onLabel: (label: number | null) => void;
}

/** Headline numbers, what forbids comparing them, and the change of every class. */
export function CompareHead({
  columns,
  against,
  onAgainst,
  label,
  onLabel,
}: CompareHeadProps): ReactNode {
  const base = columns[0]!;
  const other = columns[against]!;
  const styles = datasetStyles(base.run.dataset.classes, "voc");
  const baseline = new Map(base.evaluation.classes.map((one) => [one.label, one.iou]));
  const changes = other.evaluation.classes
    .flatMap(({ label: at, iou }) => {
      const before = baseline.get(at) ?? null;
      return iou === null || before === null ? [] : [{ label: at, change: iou - before }];
    })
    .toSorted((one, next) => next.change - one.change);
  const foreign = base.run.dataset.hash !== other.run.dataset.hash;
  const differences = policyDifferences(base.evaluation.policy, other.evaluation.policy);
  return (
    <div className="flex flex-col gap-4">
      <ul
        aria-label="Columns"
        className="grid grid-cols-[repeat(auto-fit,minmax(12rem,1fr))] gap-3"
      >
        {columns.map((column, position) => (
          <li key={column.key} className="flex flex-col items-start gap-1.5">
            <button
              type="button"
              disabled={position === 0}
              aria-pressed={position === against}
              onClick={() => onAgainst(position)}
              className={cx(
                "flex w-full flex-1 flex-col gap-1 rounded-lg border bg-surface p-3 text-left disabled:cursor-default",
                position === against
                  ? "border-accent"
                  : "border-line not-disabled:hover:border-line-strong",
              )}
            >
              <span className="line-clamp-2 text-xs text-ink-2">{column.title}</span>
              <span className="flex items-baseline gap-2">
                <IouFigure value={column.evaluation.meanIou} className="text-2xl font-semibold" />
                {position === 0 ? (
                  <span className="text-xs text-ink-3">baseline</span>
                ) : (
                  <DeltaFigure value={difference(column, base)} />
                )}
              </span>
              <ClassHeatStrip
                values={column.evaluation.classes.map(({ iou }) => iou)}
                styles={styles}
              />
            </button>
            <ProvenanceChip provenance={provenanceOf(column.evaluation, column.run)} />
          </li>
        ))}
      </ul>
      {(foreign || differences.length > 0) && (
        <div className="flex gap-2 rounded-lg border border-amber/40 bg-amber-soft p-3 text-sm text-ink">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-amber" />
          <div>
            <p className="font-medium">
              {foreign
                ? "These columns were scored on different dataset versions."
                : "These columns were scored under different policies."}
            </p>
            {differences.length > 0 && <p className="text-ink-2">{differences.join(" · ")}</p>}
            {foreign && (
              <p className="text-ink-2">
                {base.run.dataset.name} v{base.run.dataset.version} against {other.run.dataset.name}{" "}
                v{other.run.dataset.version}: no image is in both.
              </p>
            )}
          </div>
        </div>
      )}
      <Card
        title="Change of IoU by class"
        description={`${other.title} against the baseline, in points. Choose a class to see its images.`}
        actions={
          label !== null && (
            <Button size="small" onClick={() => onLabel(null)}>
              All classes
            </Button>
          )
        }
      >
        <BarList
          signed
          label="Change of IoU by class"
          className="gap-x-8 sm:grid sm:grid-cols-2 xl:grid-cols-3"
          format={formatDelta}
          onSelect={(key) => onLabel(Number(key))}
          items={changes.map(({ label: at, change }) => ({
            key: String(at),
            label: styles[at]?.name ?? `label ${at}`,
            value: change,
            mark: styles[at] === undefined ? undefined : <ColourChip style={styles[at]} />,
          }))}
        />
      </Card>
    </div>
  );
}

const difference = (one: Column, base: Column): number | null =>
  one.evaluation.meanIou === null || base.evaluation.meanIou === null
    ? null
    : one.evaluation.meanIou - base.evaluation.meanIou;
