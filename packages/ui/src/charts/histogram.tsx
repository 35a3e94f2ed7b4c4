import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { formatCount, formatNumber } from "../format/format.ts";

export interface HistogramProps {
  label: string;
  /** Counts of equally wide bins. */
  counts: readonly number[];
  range: readonly [low: number, high: number];
  /** Value marked by a line. */
  mark?: number | null;
  format?: (value: number) => string;
  height?: number;
  className?: string;
}

/** Counts over a range, as columns. */
export function Histogram({
  label,
  counts,
  range,
  mark = null,
  format = formatNumber,
  height = 96,
  className,
}: HistogramProps): ReactNode {
  const [low, high] = range;
  const most = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const edge = (index: number): number => low + ((high - low) * index) / counts.length;
  return (
    <figure className={cx("min-w-0", className)}>
      <figcaption className="sr-only">
        {label}: {formatCount(total)} values
      </figcaption>
      <div
        className="relative flex items-end gap-px border-b border-line-strong"
        style={{ height }}
      >
        {counts.map((count, index) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- the index is the bin
            key={index}
            title={`${format(edge(index))} to ${format(edge(index + 1))}: ${formatCount(count)}`}
            className="min-w-0 flex-1 bg-accent/80 hover:bg-accent"
            style={{ height: `${(count / most) * 100}%` }}
          />
        ))}
        {mark !== null && (
          <span
            aria-hidden
            className="absolute inset-y-0 w-0.5 bg-ink"
            style={{ left: `${((mark - low) / (high - low)) * 100}%` }}
          />
        )}
      </div>
      <div className="flex justify-between pt-1 text-xs text-ink-3 tabular-nums">
        <span>{format(low)}</span>
        <span>{format(high)}</span>
      </div>
    </figure>
  );
}
