import { Slider } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { formatIou } from "../format/format.ts";

export interface ThresholdCurveLine {
  readonly key: string;
  readonly label: string;
  /** 0…1 at every edge; null where the measure does not exist. */
  readonly values: readonly (number | null)[];
}

export interface ThresholdCurveProps {
  label: string;
  /** Ascending; line values belong to them by position. */
  thresholds: readonly number[];
  lines: readonly ThresholdCurveLine[];
  /** Position in `thresholds`. */
  value: number;
  onValueChange: (position: number) => void;
  /** Positions worth a mark: the best, the one the run used. */
  marks?: readonly { readonly position: number; readonly label: string }[];
  className?: string;
}

const WIDTH = 600;
const HEIGHT = 220;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const NO_MARKS: NonNullable<ThresholdCurveProps["marks"]> = [];

/** Measures over the threshold with a line to drag (or move by arrow keys); nothing is asked of a server. */
export function ThresholdCurve({
  label,
  thresholds,
  lines,
  value,
  onValueChange,
  marks = NO_MARKS,
  className,
}: ThresholdCurveProps): ReactNode {
  const last = Math.max(1, thresholds.length - 1);
  const most = Math.max(Number.MIN_VALUE, thresholds.at(-1) ?? 1);
  const left = (position: number): number => position / last;
  /** Its label stands on the left of its line, so that two near marks can be read. */
  const leftmost = marks.length > 1 ? Math.min(...marks.map(({ position }) => position)) : null;
  const path = (values: readonly (number | null)[]): string =>
    values
      .map((measure, position) =>
        measure === null
          ? ""
          : `${position === 0 || values[position - 1] === null ? "M" : "L"}${left(position) * WIDTH} ${(1 - measure) * HEIGHT}`,
      )
      .join("");
  return (
    <figure className={cx("min-w-0", className)} aria-label={label}>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 pb-2 text-xs text-ink-2">
        {lines.map((line, index) => (
          <span key={line.key} className="flex items-center gap-1.5">
            <span
              aria-hidden
              className="w-4 border-t-2"
              style={{ borderColor: `var(--sm-series-${index + 1})` }}
            />
            {line.label}
            <span className="w-8 text-ink tabular-nums">
              {formatIou(line.values[value] ?? null)}
            </span>
          </span>
        ))}
      </figcaption>
      <div className="grid grid-cols-[2rem_1fr] gap-x-1">
        <div className="relative text-right text-xs text-ink-3 tabular-nums" aria-hidden>
          {TICKS.map((tick) => (
            <span
              key={tick}
              className="absolute right-1 -translate-y-1/2"
              style={{ top: `${(1 - tick) * 100}%` }}
            >
              {tick * 100}
            </span>
          ))}
        </div>
        <div className="relative h-56">
          <svg
            aria-hidden
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            {TICKS.map((tick) => (
              <line
                key={tick}
                x1={0}
                x2={WIDTH}
                y1={tick * HEIGHT}
                y2={tick * HEIGHT}
                className="stroke-line"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {lines.map((line, index) => (
              <path
                key={line.key}
                d={path(line.values)}
                fill="none"
                stroke={`var(--sm-series-${index + 1})`}
                strokeWidth={index === 0 ? 2.5 : 1.5}
                strokeDasharray={index === 0 ? undefined : "6 3"}
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
          {marks.map((mark) => (
            <span
              key={mark.label}
              className="pointer-events-none absolute inset-y-0 border-l border-dashed border-ink-3"
              style={{ left: `${left(mark.position) * 100}%` }}
            >
              <span
                className={cx(
                  "absolute bottom-1 rounded bg-surface/85 px-1 text-xs whitespace-nowrap text-ink-2",
                  mark.position === leftmost ? "right-1" : "left-1",
                )}
              >
                {mark.label}
              </span>
            </span>
          ))}
          <Slider.Root
            value={[value]}
            onValueChange={([next]) => next !== undefined && onValueChange(next)}
            min={0}
            max={last}
            step={1}
            className="absolute inset-0 flex cursor-ew-resize touch-none items-start select-none"
          >
            <Slider.Track className="absolute inset-0" />
            <Slider.Thumb
              aria-label="Threshold"
              aria-valuetext={thresholds[value]?.toFixed(3) ?? ""}
              className="group relative block size-0 outline-none"
            >
              <span
                aria-hidden
                className="absolute top-0 -left-px h-56 w-0.5 bg-ink group-focus-visible:-left-0.5 group-focus-visible:w-1 group-focus-visible:bg-accent"
              />
              <span
                aria-hidden
                className="absolute -top-1 -left-1.5 size-3 rounded-full border-2 border-surface bg-ink"
              />
            </Slider.Thumb>
          </Slider.Root>
        </div>
        <span />
        <div aria-hidden className="relative h-5 pt-1 text-xs text-ink-3 tabular-nums">
          {TICKS.filter((tick) => tick <= most).map((tick) => (
            <span
              key={tick}
              className="absolute -translate-x-1/2"
              style={{ left: `${(tick / most) * 100}%` }}
            >
              {tick.toFixed(2)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}
