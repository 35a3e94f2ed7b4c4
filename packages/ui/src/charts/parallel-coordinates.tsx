import { type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { formatIou, formatNumber } from "../format/format.ts";
import { type AxisValue, axisScale } from "./parallel-axes.ts";

export interface ParallelLine {
  readonly key: string;
  /** Said on hover. */
  readonly label: string;
  /** One for each axis. */
  readonly values: readonly AxisValue[];
  /** 0…1, the last axis; null while there is none. */
  readonly score: number | null;
}

export interface ParallelCoordinatesProps {
  /** What is drawn, for who cannot see it; a table of the same numbers stands beside it. */
  readonly label: string;
  readonly axes: readonly string[];
  readonly scoreLabel: string;
  readonly lines: readonly ParallelLine[];
  readonly onSelect?: (key: string) => void;
}

const WIDTH = 720;
const HEIGHT = 260;
const [TOP, BOTTOM, SIDE] = [34, 18, 70];

/** One line a trial over one axis a field, the score last: where the good ones run together. */
export function ParallelCoordinates({
  label,
  axes,
  scoreLabel,
  lines,
  onSelect,
}: ParallelCoordinatesProps): ReactNode {
  const [hovered, setHovered] = useState<string | null>(null);
  const scales = [
    ...axes.map((_, at) =>
      axisScale(
        lines.map(({ values }) => values[at] ?? null),
        formatNumber,
      ),
    ),
    axisScale(
      lines.map(({ score }) => score),
      formatIou,
    ),
  ];
  const titles = [...axes, scoreLabel];
  const x = (at: number): number =>
    SIDE + (at * (WIDTH - 2 * SIDE)) / Math.max(1, titles.length - 1);
  const y = (place: number): number => HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
  const scored = lines.flatMap(({ score }) => (score === null ? [] : [score]));
  const best = scored.length > 0 ? Math.max(...scored) : null;

  const pathOf = ({ values, score }: ParallelLine): string =>
    [...values, score]
      .map((value, at) => {
        const place = scales[at]?.place(value) ?? null;
        return place === null ? null : `${x(at)},${y(place)}`;
      })
      .filter((point) => point !== null)
      .map((point, at) => `${at === 0 ? "M" : "L"}${point}`)
      .join(" ");
  const strength = (score: number): number => 0.25 + 0.75 * (scales.at(-1)?.place(score) ?? 0);

  return (
    <div className="overflow-x-auto">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="w-full min-w-[36rem] text-xs"
      >
        {lines.map((line) => {
          const isBest = best !== null && line.score === best;
          return (
            <path
              key={line.key}
              d={pathOf(line)}
              fill="none"
              stroke="currentColor"
              strokeWidth={hovered === line.key ? 4 : isBest ? 3 : 1.5}
              strokeDasharray={line.score === null ? "3 4" : undefined}
              opacity={line.score === null ? 0.5 : strength(line.score)}
              className={cx(
                isBest ? "text-accent" : line.score === null ? "text-ink-3" : "text-blue",
                onSelect && "cursor-pointer",
              )}
              onMouseEnter={() => setHovered(line.key)}
              onMouseLeave={() => setHovered(null)}
              onClick={() => onSelect?.(line.key)}
            >
              <title>{`${line.label}: ${formatIou(line.score ?? "not-yet")}`}</title>
            </path>
          );
        })}
        {titles.map((title, at) => (
          <g key={title} transform={`translate(${x(at)} 0)`} className="text-line-strong">
            <line y1={TOP} y2={HEIGHT - BOTTOM} stroke="currentColor" />
            <text y={16} textAnchor="middle" className="fill-ink font-medium">
              {title}
            </text>
            {scales[at]?.ticks.map((tick) => (
              <text
                key={tick.label}
                x={at === titles.length - 1 ? 6 : -6}
                y={y(tick.at) + 4}
                textAnchor={at === titles.length - 1 ? "start" : "end"}
                className="fill-ink-2 tabular-nums"
              >
                {tick.label}
              </text>
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}
