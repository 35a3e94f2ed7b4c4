import { type ReactNode, useState } from "react";
import { formatIou } from "../format/format.ts";
import { cssColour } from "../maps/palette.ts";
import type { LabelStyle } from "../maps/types.ts";
import { Button } from "../primitives/button.tsx";
import { ClassIouTable } from "./class-iou-table.tsx";

export interface PrecisionRecallPoint {
  readonly label: number;
  readonly precision: number | null;
  readonly recall: number | null;
  /** Ground-truth pixels; they set the size of the dot. */
  readonly pixels: number;
  /** The same class at earlier stages, oldest first. */
  readonly trail?: readonly {
    readonly name?: string;
    readonly precision: number;
    readonly recall: number;
  }[];
}

export interface PrecisionRecallMapProps {
  points: readonly PrecisionRecallPoint[];
  styles: readonly LabelStyle[];
  /** Opens the worst images of a class. */
  onSelect?: (label: number) => void;
}

const SIDE = 320;
const LINES = [0.2, 0.4, 0.6, 0.8];

/** Precision of all pairs of equal IoU: 1 / IoU = 1 / P + 1 / R − 1. */
function isoIou(iou: number): string {
  const steps = 40;
  return Array.from({ length: steps + 1 }, (_, index) => {
    const recall = iou + ((1 - iou) * index) / steps;
    const precision = 1 / (1 / iou - 1 / recall + 1);
    return `${recall * SIDE},${(1 - precision) * SIDE}`;
  }).join(" ");
}

const iouOf = (precision: number, recall: number): number =>
  precision * recall === 0 ? 0 : 1 / (1 / precision + 1 / recall - 1);

/** Classes by recall and precision with lines of equal IoU: whether seeds miss objects or spill over. */
export function PrecisionRecallMap({
  points,
  styles,
  onSelect,
}: PrecisionRecallMapProps): ReactNode {
  const [asTable, setAsTable] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const most = Math.max(1, ...points.map((point) => point.pixels));
  const drawn = points
    .flatMap(({ precision, recall, ...rest }) =>
      precision === null || recall === null ? [] : [{ precision, recall, ...rest }],
    )
    .toSorted((one, other) => other.pixels - one.pixels);
  const toggle = (
    <Button variant="quiet" size="small" onClick={() => setAsTable(!asTable)}>
      {asTable ? "View as chart" : "View as table"}
    </Button>
  );
  if (asTable) {
    return (
      <div className="flex flex-col items-end gap-2">
        {toggle}
        <ClassIouTable
          label="Precision and recall"
          styles={styles}
          rows={points.map(({ label, precision, recall }) => ({
            label,
            precision,
            recall,
            iou: precision === null || recall === null ? null : iouOf(precision, recall),
          }))}
          {...(onSelect && { onSelect })}
        />
      </div>
    );
  }
  return (
    <div className="flex flex-col items-end gap-2">
      {toggle}
      <svg
        viewBox={`-34 -12 ${SIDE + 82} ${SIDE + 46}`}
        className="w-full max-w-xl self-center overflow-visible"
        aria-label="Precision over recall of every class"
      >
        <rect width={SIDE} height={SIDE} className="fill-sunken stroke-line" />
        {LINES.map((iou) => (
          <g key={iou}>
            <polyline
              points={isoIou(iou)}
              fill="none"
              className="stroke-line-strong/60"
              strokeDasharray="3 4"
            />
            <text
              x={SIDE + 4}
              y={(1 - iou) * SIDE + 3}
              className="fill-ink-3 text-[9px] tabular-nums"
            >
              IoU {formatIou(iou)}
            </text>
          </g>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <g key={tick} className="fill-ink-3 text-[9px] tabular-nums">
            <text x={tick * SIDE} y={SIDE + 13} textAnchor="middle">
              {tick * 100}
            </text>
            <text x={-6} y={(1 - tick) * SIDE + 3} textAnchor="end">
              {tick * 100}
            </text>
          </g>
        ))}
        <text x={SIDE / 2} y={SIDE + 28} textAnchor="middle" className="fill-ink-2 text-[10px]">
          Recall
        </text>
        <text
          transform={`translate(-26 ${SIDE / 2}) rotate(-90)`}
          textAnchor="middle"
          className="fill-ink-2 text-[10px]"
        >
          Precision
        </text>
        {drawn.map(({ label, precision, recall, pixels, trail = [] }) => {
          const style = styles[label];
          const name = style?.name ?? `label ${label}`;
          const [x, y] = [recall * SIDE, (1 - precision) * SIDE];
          const words = `${name}: precision ${formatIou(precision)}, recall ${formatIou(recall)}, IoU ${formatIou(iouOf(precision, recall))}`;
          const path = [
            ...trail.map((one) => [one.recall * SIDE, (1 - one.precision) * SIDE]),
            [x, y],
          ];
          return (
            <g
              key={label}
              className={onSelect === undefined ? undefined : "cursor-pointer outline-none"}
              {...(onSelect && {
                role: "button",
                tabIndex: 0,
                onClick: () => onSelect(label),
                onKeyDown: (event) => {
                  if (event.key !== "Enter" && event.key !== " ") return;
                  event.preventDefault();
                  onSelect(label);
                },
              })}
              onPointerEnter={() => setActive(label)}
              onPointerLeave={() => setActive(null)}
              onFocus={() => setActive(label)}
              onBlur={() => setActive(null)}
            >
              <title>{words}</title>
              {trail.length > 0 && (
                <polyline
                  points={path.map((at) => at.join(",")).join(" ")}
                  fill="none"
                  className={active === label ? "stroke-ink" : "stroke-ink-3/60"}
                />
              )}
              {trail.map((one, step) => (
                <circle
                  // oxlint-disable-next-line react/no-array-index-key -- the index is the stage
                  key={step}
                  cx={one.recall * SIDE}
                  cy={(1 - one.precision) * SIDE}
                  r={2}
                  className={active === label ? "fill-ink" : "fill-ink-3/60"}
                >
                  {one.name !== undefined && (
                    <title>{`${name}, ${one.name}: precision ${formatIou(one.precision)}, recall ${formatIou(one.recall)}`}</title>
                  )}
                </circle>
              ))}
              <circle
                cx={x}
                cy={y}
                r={4 + 8 * Math.sqrt(pixels / most)}
                fill={style === undefined ? "currentColor" : cssColour(style.colour)}
                fillOpacity={0.85}
                strokeWidth={active === label ? 2.5 : 1.25}
                className="stroke-ink"
              />
              <text
                x={x + (x > SIDE * 0.8 ? -13 : 13)}
                y={y + 3}
                textAnchor={x > SIDE * 0.8 ? "end" : "start"}
                className="pointer-events-none fill-ink text-[9px]"
                style={{ paintOrder: "stroke", stroke: "var(--sm-sunken)", strokeWidth: 3 }}
              >
                {name}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
