import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { formatNumber } from "../format/format.ts";
import { colourGradient, type ColourScaleName } from "../maps/colour-map.ts";

export interface ColourBarProps {
  colours: ColourScaleName;
  range?: readonly [low: number, high: number];
  /** Marked on the bar: the background threshold. */
  tick?: number | null;
  className?: string;
}

const UNIT_RANGE = [0, 1] as const;

/** What the colours of a heat map mean, with the threshold marked. */
export function ColourBar({
  colours,
  range = UNIT_RANGE,
  tick = null,
  className,
}: ColourBarProps): ReactNode {
  const [low, high] = range;
  const share = tick === null || high <= low ? null : (tick - low) / (high - low);
  return (
    <span
      className={cx(
        "relative inline-flex items-center gap-1.5 text-xs text-ink-3 tabular-nums",
        className,
      )}
    >
      {formatNumber(low)}
      <span
        className="relative h-3 w-28 rounded-sm border border-line-strong/60"
        style={{ background: colourGradient(colours) }}
      >
        {share !== null && share >= 0 && share <= 1 && (
          <span
            title={`Threshold ${formatNumber(tick)}`}
            className="absolute -inset-y-1 w-0.5 -translate-x-1/2 bg-ink ring-1 ring-surface"
            style={{ left: `${share * 100}%` }}
          />
        )}
      </span>
      {formatNumber(high)}
      {tick !== null && <span className="sr-only">threshold {formatNumber(tick)}</span>}
    </span>
  );
}
