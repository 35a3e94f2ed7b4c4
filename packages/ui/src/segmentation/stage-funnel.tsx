import { type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { formatDelta, formatIou, type Measured } from "../format/format.ts";
import type { LabelStyle } from "../maps/types.ts";
import { Button } from "../primitives/button.tsx";
import { DeltaFigure, IouFigure } from "../primitives/figure.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../primitives/table.tsx";
import { ColourChip } from "./class-legend.tsx";

export interface FunnelStage {
  readonly key: string;
  readonly title: string;
  readonly meanIou: Measured;
  /** IoU per label; empty until the stage is evaluated. */
  readonly classIous: readonly (number | null)[];
  /** What makes numbers comparable: the split. Changes are told only within one scope. */
  readonly scope?: string;
  /** What the number stands for: split, n, threshold choice. */
  readonly provenance?: ReactNode;
}

export interface StageFunnelProps {
  stages: readonly FunnelStage[];
  styles: readonly LabelStyle[];
  /** A known result to measure against: a published figure or the supervised twin. */
  reference?: { readonly label: string; readonly value: number } | null;
  onSelectStage?: (key: string) => void;
}

const number = (value: Measured | undefined): number | null =>
  typeof value === "number" ? value : null;

/** The nearest earlier number of the same scope, for every stage. */
function earlier(stages: readonly FunnelStage[]): (number | null)[] {
  return stages.map(({ scope }, index) =>
    number(
      stages.slice(0, index).findLast((one) => one.scope === scope && number(one.meanIou) !== null)
        ?.meanIou,
    ),
  );
}

/** Mean IoU from stage to stage with its change, and the same for every class in small. */
export function StageFunnel({
  stages,
  styles,
  reference = null,
  onSelectStage,
}: StageFunnelProps): ReactNode {
  const [asTable, setAsTable] = useState(false);
  const before = earlier(stages);
  const changes = stages.map(({ meanIou }, index) => {
    const [now, then] = [number(meanIou), before[index] ?? null];
    return now === null || then === null ? null : now - then;
  });
  const classes = styles.filter((style) =>
    stages.some((stage) => number(stage.classIous[style.label]) !== null),
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex justify-end">
        <Button variant="quiet" size="small" onClick={() => setAsTable(!asTable)}>
          {asTable ? "View as chart" : "View as table"}
        </Button>
      </div>
      {asTable ? (
        <FunnelTable stages={stages} changes={changes} classes={classes} />
      ) : (
        <>
          <ol
            aria-label="Mean IoU by stage"
            className="relative grid grid-flow-col auto-cols-[minmax(8.5rem,13rem)] gap-3 overflow-x-auto"
          >
            {stages.map((stage, index) => (
              <li key={stage.key} className="flex min-w-0 flex-col gap-1.5">
                <FunnelBar
                  value={stage.meanIou}
                  before={before[index] ?? null}
                  reference={reference?.value ?? null}
                />
                <div className="flex flex-wrap items-baseline gap-x-2">
                  <IouFigure value={stage.meanIou} className="text-lg font-semibold" />
                  {changes[index] !== null && (
                    <DeltaFigure value={changes[index] ?? null} className="text-xs" />
                  )}
                </div>
                {onSelectStage === undefined ? (
                  <span className="truncate text-xs text-ink-2">{stage.title}</span>
                ) : (
                  <button
                    type="button"
                    className="min-h-6 truncate text-left text-xs text-ink-2 hover:text-ink hover:underline"
                    onClick={() => onSelectStage(stage.key)}
                  >
                    {stage.title}
                  </button>
                )}
                {stage.provenance !== undefined && (
                  <div className="text-xs text-ink-3">{stage.provenance}</div>
                )}
              </li>
            ))}
          </ol>
          {reference !== null && (
            <p className="flex items-center gap-2 text-xs text-ink-3">
              <span aria-hidden className="w-5 border-t-2 border-dotted border-ink" />
              {reference.label}: {formatIou(reference.value)}
            </p>
          )}
          <ul
            aria-label="IoU by stage for every class"
            className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-x-4 gap-y-2"
          >
            {classes.map((style) => (
              <li key={style.label}>
                <SmallMultiple
                  style={style}
                  values={stages.map((stage) => number(stage.classIous[style.label]))}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** One column of the waterfall: what was there, and orange or blue what came or went. */
function FunnelBar({
  value,
  before,
  reference,
}: {
  value: Measured;
  before: number | null;
  reference: number | null;
}): ReactNode {
  const now = number(value);
  const base = now === null ? 0 : before === null ? now : Math.min(now, before);
  const change = now === null || before === null ? 0 : Math.abs(now - before);
  const share = (part: number): string => `${part * 100}%`;
  return (
    <div aria-hidden className="relative h-36 rounded-md bg-sunken">
      {now === null ? (
        <span className="absolute inset-0 rounded-md border border-dashed border-line-strong/60" />
      ) : (
        <>
          <span
            className="absolute inset-x-0 bottom-0 rounded-b-md bg-accent/70"
            style={{ height: share(base) }}
          />
          <span
            className={cx(
              "absolute inset-x-0",
              before !== null && now < before
                ? "border-2 border-dashed border-lost bg-lost/15"
                : "bg-gained",
            )}
            style={{ bottom: share(base), height: share(change) }}
          />
        </>
      )}
      {reference !== null && (
        <span
          className="absolute -inset-x-1.5 border-t-2 border-dotted border-ink"
          style={{ bottom: share(reference) }}
        />
      )}
    </div>
  );
}

function SmallMultiple({
  style,
  values,
}: {
  style: LabelStyle;
  values: readonly (number | null)[];
}): ReactNode {
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [{ x: index * step, y: 30 - value * 28 }],
  );
  const last = values.findLast((value) => value !== null) ?? null;
  const first = values.find((value) => value !== null) ?? null;
  const delta = first === null || last === null ? null : last - first;
  return (
    <figure>
      <svg
        viewBox="-2 0 104 32"
        preserveAspectRatio="none"
        className="h-8 w-full"
        role="presentation"
      >
        <line
          x1="0"
          x2="100"
          y1="30"
          y2="30"
          className="stroke-line"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={
            points.length === 0
              ? ""
              : `${points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("")}h0`
          }
          fill="none"
          className="stroke-accent"
          strokeWidth={points.length === 1 ? 5 : 2}
          strokeLinecap="round"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="flex items-center gap-1.5 text-xs">
        <ColourChip style={style} />
        <span className="min-w-0 flex-1 truncate text-ink-2">{style.name}</span>
        <span className="text-ink tabular-nums" title={`${formatDelta(delta)} over all stages`}>
          {formatIou(last)}
        </span>
      </figcaption>
    </figure>
  );
}

function FunnelTable({
  stages,
  changes,
  classes,
}: {
  stages: readonly FunnelStage[];
  changes: readonly (number | null)[];
  classes: readonly LabelStyle[];
}): ReactNode {
  return (
    <Table label="Mean and class IoU by stage">
      <TableHead>
        <tr>
          <TableHeader>Class</TableHeader>
          {stages.map((stage) => (
            <TableHeader key={stage.key} align="right">
              {stage.title}
            </TableHeader>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        <TableRow>
          <TableCell className="font-medium">mean</TableCell>
          {stages.map((stage, index) => (
            <TableCell key={stage.key} align="right" className="font-medium">
              <IouFigure value={stage.meanIou} />{" "}
              {changes[index] !== null && (
                <DeltaFigure value={changes[index] ?? null} className="text-xs" />
              )}
            </TableCell>
          ))}
        </TableRow>
        {classes.map((style) => (
          <TableRow key={style.label}>
            <TableCell>{style.name}</TableCell>
            {stages.map((stage) => (
              <TableCell key={stage.key} align="right">
                <IouFigure
                  value={
                    typeof stage.meanIou === "number"
                      ? (stage.classIous[style.label] ?? null)
                      : stage.meanIou
                  }
                />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
