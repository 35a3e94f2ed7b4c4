import type { ReactNode } from "react";

export interface SparklineProps {
  /** Said instead of the drawing, before the range of its values. */
  label: string;
  /** Null where nothing was measured: the line has a gap there. */
  values: readonly (number | null)[];
  /** Values at the bottom and the top. */
  range: readonly [number, number];
  format: (value: number) => string;
}

const WIDTH = 240;
const HEIGHT = 40;

function pathOf(values: SparklineProps["values"], [low, high]: SparklineProps["range"]): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  const span = high - low || 1;
  let pen = "M";
  return values
    .map((value, index) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const share = Math.min(1, Math.max(0, (value - low) / span));
      const point = `${pen}${(index * step).toFixed(1)} ${(HEIGHT - share * HEIGHT).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}

/** The course of one figure at a glance, oldest on the left; its words say lowest, highest and last. */
export function Sparkline({ label, values, range, format }: SparklineProps): ReactNode {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return <p className="text-xs text-ink-3">Nothing measured yet.</p>;
  const words = `${label}: ${format(Math.min(...known))} to ${format(Math.max(...known))}, now ${format(last)}`;
  return (
    <svg
      role="img"
      aria-label={words}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      preserveAspectRatio="none"
      className="h-10 w-full"
    >
      <title>{words}</title>
      <path
        d={`M0 ${HEIGHT}H${WIDTH}`}
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
        fill="none"
      />
      <path
        d={pathOf(values, range)}
        className="stroke-accent"
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        fill="none"
      />
    </svg>
  );
}
