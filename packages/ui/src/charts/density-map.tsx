import type { ReactNode } from "react";
import { formatCount, formatNumber } from "../format/format.ts";
import { colourAt } from "../maps/colour-map.ts";
import { cssColour } from "../maps/palette.ts";
import type { Rgb } from "../maps/types.ts";

export interface DensityAxis {
  readonly label: string;
  readonly most: number;
}

/** A named point over the cells. */
export interface DensityMark {
  readonly key: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly colour: Rgb;
}

export interface DensityMapProps {
  label: string;
  bins: number;
  /** Row-major bins × bins: position along x, position along y. */
  counts: readonly number[];
  x: DensityAxis;
  y: DensityAxis;
  marks?: readonly DensityMark[];
}

const SIDE = 220;

/** Where the points of a scatter lie, as counts of equal cells: every point, none sampled away. */
export function DensityMap({ label, bins, counts, x, y, marks }: DensityMapProps): ReactNode {
  const most = Math.max(1, ...counts);
  const size = SIDE / bins;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return (
    <figure className="min-w-0">
      <figcaption className="pb-1 text-xs text-ink-2">
        {label} <span className="text-ink-3 tabular-nums">({formatCount(all)})</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${label}: ${formatCount(all)} points, ${y.label} over ${x.label}`}
        viewBox={`-44 -6 ${SIDE + 56} ${SIDE + 40}`}
        className="w-full max-w-sm"
      >
        <rect width={SIDE} height={SIDE} className="fill-sunken stroke-line" />
        {counts.map((count, at) => {
          if (count === 0) return null;
          const [column, row] = [Math.floor(at / bins), at % bins];
          const words = `${x.label} from ${formatNumber((column / bins) * x.most)}, ${y.label} from ${formatNumber((row / bins) * y.most)}: ${formatCount(count)}`;
          return (
            <rect
              // oxlint-disable-next-line react/no-array-index-key -- the index is the cell
              key={at}
              x={column * size}
              y={SIDE - (row + 1) * size}
              width={size}
              height={size}
              fill={cssColour(colourAt("viridis", Math.log1p(count) / Math.log1p(most)))}
            >
              <title>{words}</title>
            </rect>
          );
        })}
        {marks?.map((mark) => (
          <circle
            key={mark.key}
            cx={(mark.x / x.most) * SIDE}
            cy={SIDE - (mark.y / y.most) * SIDE}
            r={4.5}
            fill={cssColour(mark.colour)}
            className="stroke-ink"
            strokeWidth={1.5}
          >
            <title>{`${mark.label}: ${x.label} ${formatNumber(mark.x)}, ${y.label} ${formatNumber(mark.y)}`}</title>
          </circle>
        ))}
        {[0, 0.5, 1].map((tick) => (
          <g key={tick} className="fill-ink-3 text-[9px] tabular-nums">
            <text x={tick * SIDE} y={SIDE + 12} textAnchor="middle">
              {formatNumber(tick * x.most)}
            </text>
            <text x={-4} y={(1 - tick) * SIDE + 3} textAnchor="end">
              {formatNumber(tick * y.most)}
            </text>
          </g>
        ))}
        <text x={SIDE / 2} y={SIDE + 28} textAnchor="middle" className="fill-ink-2 text-[10px]">
          {x.label}
        </text>
        <text
          transform={`translate(-36 ${SIDE / 2}) rotate(-90)`}
          textAnchor="middle"
          className="fill-ink-2 text-[10px]"
        >
          {y.label}
        </text>
      </svg>
    </figure>
  );
}
