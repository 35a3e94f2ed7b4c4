import { type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { formatCount, formatPercent } from "../format/format.ts";
import { Button } from "../primitives/button.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../primitives/table.tsx";

/** Pixels between two stages that follow each other. */
export interface FlowStep {
  readonly from: string;
  readonly to: string;
  /** Row-major 3 × 3: before, after; correct, wrong, without a label. */
  readonly counts: readonly number[];
}

export interface PixelFlowProps {
  /** In order; each step begins where the one before ended. */
  steps: readonly FlowStep[];
}

const STATES = ["correct", "wrong", "no label"] as const;
const HEIGHT = 220;
const GAP = 10;
const COLUMN = 12;
const WIDTH = 200;
/** Room for "no label 78.5 %" at either side. */
const MARGIN = 84;

const at = ({ counts }: FlowStep, before: number, after: number): number =>
  counts[before * 3 + after] ?? 0;
const total = ({ counts }: FlowStep): number => counts.reduce((sum, count) => sum + count, 0);

interface Totals {
  readonly kept: number;
  readonly fixed: number;
  readonly broken: number;
  readonly stillWrong: number;
}

function totalsOf(step: FlowStep): Totals {
  const kept = at(step, 0, 0);
  const broken = at(step, 0, 1) + at(step, 0, 2);
  const fixed = at(step, 1, 0) + at(step, 2, 0);
  return { kept, fixed, broken, stillWrong: total(step) - kept - broken - fixed };
}

/** What became of each pixel from stage to stage: kept right, fixed, broken, still wrong. */
export function PixelFlow({ steps }: PixelFlowProps): ReactNode {
  const [asTable, setAsTable] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex justify-end">
        <Button variant="quiet" size="small" onClick={() => setAsTable(!asTable)}>
          {asTable ? "View as chart" : "View as table"}
        </Button>
      </div>
      {asTable ? <FlowTable steps={steps} /> : <FlowChart steps={steps} />}
      <p className="text-xs text-ink-3">
        Fixed: right after but not before. Broken: right before but not after. Fixed − broken is the
        change in correct pixels.
      </p>
    </div>
  );
}

function FlowTable({ steps }: PixelFlowProps): ReactNode {
  return (
    <Table label="Pixels from stage to stage">
      <TableHead>
        <tr>
          <TableHeader>Step</TableHeader>
          {["Kept right", "Fixed", "Broken", "Still wrong", "Change", "Of pixels"].map((title) => (
            <TableHeader key={title} align="right">
              {title}
            </TableHeader>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {steps.map((step) => {
          const { kept, fixed, broken, stillWrong } = totalsOf(step);
          const all = total(step);
          const change = fixed - broken;
          return (
            <TableRow key={step.to}>
              <TableCell>
                {step.from} → {step.to}
              </TableCell>
              {[kept, fixed, broken, stillWrong].map((count, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- four fixed columns
                <TableCell key={index} align="right">
                  {formatCount(count)}
                </TableCell>
              ))}
              <TableCell align="right">
                {change > 0 ? "+" : change < 0 ? "−" : "±"}
                {formatCount(Math.abs(change))}
              </TableCell>
              <TableCell align="right">{formatCount(all)}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

interface Node {
  readonly top: number;
  readonly height: number;
}

/** Bars of one column, stacked with gaps, heights in proportion to their pixels. */
function nodesOf(sizes: readonly number[], all: number): Node[] {
  let top = 0;
  return sizes.map((size) => {
    const height = all === 0 ? 0 : (size / all) * HEIGHT;
    const node = { top, height };
    if (size > 0) top += height + GAP;
    return node;
  });
}

const LINK_LOOK = (before: number, after: number): string =>
  after === 0 && before === 0
    ? "fill-ink-3/25"
    : after === 0
      ? "fill-gained/70"
      : before === 0
        ? "fill-lost/70"
        : "fill-ink-3/10";
const NODE_LOOK = ["fill-accent", "fill-ink-3", "fill-line-strong"];

/** Ribbons of one step, each beginning and ending where the one before left off in its bars. */
function ribbons(step: FlowStep, left: readonly Node[], right: readonly Node[], x: number) {
  const all = total(step);
  const used = { left: [0, 0, 0], right: [0, 0, 0] };
  const found: { key: string; path: string; look: string; words: string }[] = [];
  for (const before of STATES.keys()) {
    for (const after of STATES.keys()) {
      const count = at(step, before, after);
      if (count === 0) continue;
      const height = (count / all) * HEIGHT;
      const from = left[before]!.top + used.left[before]!;
      const to = right[after]!.top + used.right[after]!;
      used.left[before]! += height;
      used.right[after]! += height;
      const [x0, x1] = [x + COLUMN, x + WIDTH];
      const middle = (x0 + x1) / 2;
      found.push({
        key: `${step.to} ${before} ${after}`,
        path: `M${x0} ${from}C${middle} ${from} ${middle} ${to} ${x1} ${to}V${to + height}C${middle} ${to + height} ${middle} ${from + height} ${x0} ${from + height}Z`,
        look: LINK_LOOK(before, after),
        words: `${STATES[before]} → ${STATES[after]}: ${formatPercent(count / all, 1)}, ${formatCount(count)} pixels`,
      });
    }
  }
  return found;
}

function FlowChart({ steps }: PixelFlowProps): ReactNode {
  const columns = [
    { title: steps[0]?.from ?? "", sizes: STATES.map((_, before) => rowSum(steps[0], before)) },
    ...steps.map((step) => ({
      title: step.to,
      sizes: STATES.map((_, after) => columnSum(step, after)),
    })),
  ];
  const all = steps[0] === undefined ? 0 : total(steps[0]);
  const nodes = columns.map(({ sizes }) => nodesOf(sizes, all));
  const width = WIDTH * steps.length + COLUMN;
  const words = steps.map((step) => {
    const { fixed, broken } = totalsOf(step);
    return `${step.to}: ${formatPercent(fixed / all, 1)} fixed, ${formatPercent(broken / all, 1)} broken`;
  });
  return (
    <div className="overflow-x-auto">
      <svg
        role="img"
        aria-label={`Pixels from stage to stage. ${words.join("; ")}`}
        viewBox={`-${MARGIN} -22 ${width + 2 * MARGIN} ${HEIGHT + 2 * GAP + 52}`}
        className="w-full"
        style={{ minWidth: (width + 2 * MARGIN) * 0.8, maxWidth: (width + 2 * MARGIN) * 1.35 }}
      >
        {steps.map((step, index) =>
          ribbons(step, nodes[index]!, nodes[index + 1]!, index * WIDTH).map((ribbon) => (
            <path key={ribbon.key} d={ribbon.path} className={cx(ribbon.look, "hover:opacity-80")}>
              <title>{ribbon.words}</title>
            </path>
          )),
        )}
        {columns.map((column, index) => (
          <g key={column.title}>
            <text
              x={index * WIDTH + COLUMN / 2}
              y={-9}
              textAnchor={index === 0 ? "start" : index === steps.length ? "end" : "middle"}
              className="fill-ink-2 text-[10px] font-medium"
            >
              {column.title}
            </text>
            {column.sizes.map((size, state) =>
              size === 0 ? null : (
                <g key={STATES[state]}>
                  <rect
                    x={index * WIDTH}
                    y={nodes[index]![state]!.top}
                    width={COLUMN}
                    height={Math.max(1, nodes[index]![state]!.height)}
                    className={NODE_LOOK[state]}
                  />
                  <text
                    x={index * WIDTH + (index === steps.length ? COLUMN + 4 : -4)}
                    y={nodes[index]![state]!.top + Math.max(7, nodes[index]![state]!.height / 2)}
                    textAnchor={index === steps.length ? "start" : "end"}
                    className="fill-ink text-[9px] tabular-nums"
                    style={{ paintOrder: "stroke", stroke: "var(--sm-surface)", strokeWidth: 3 }}
                  >
                    {index === 0 || index === steps.length ? `${STATES[state]} ` : ""}
                    {formatPercent(size / all, 1)}
                  </text>
                </g>
              ),
            )}
          </g>
        ))}
        {steps.map((step, index) => {
          const { fixed, broken } = totalsOf(step);
          return (
            <text
              key={step.to}
              x={index * WIDTH + WIDTH / 2 + COLUMN / 2}
              y={HEIGHT + 2 * GAP + 18}
              textAnchor="middle"
              className="fill-ink-3 text-[10px] tabular-nums"
            >
              <tspan className="fill-gained">+{formatPercent(fixed / all, 1)} fixed</tspan>
              <tspan> · </tspan>
              <tspan className="fill-lost">−{formatPercent(broken / all, 1)} broken</tspan>
            </text>
          );
        })}
      </svg>
    </div>
  );
}

const rowSum = (step: FlowStep | undefined, before: number): number =>
  step === undefined ? 0 : at(step, before, 0) + at(step, before, 1) + at(step, before, 2);
const columnSum = (step: FlowStep, after: number): number =>
  at(step, 0, after) + at(step, 1, after) + at(step, 2, after);
