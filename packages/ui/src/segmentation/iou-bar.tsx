import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import type { Measured } from "../format/format.ts";
import { IouFigure } from "../primitives/figure.tsx";

export interface IouBarProps {
  value: Measured;
  /** A second value marked on the bar: before, or the best per-class threshold. */
  reference?: number | null;
  referenceLabel?: string;
  className?: string;
}

/** A share as a bar with its number; 0 and missing look different. */
export function IouBar({
  value,
  reference = null,
  referenceLabel = "Reference",
  className,
}: IouBarProps): ReactNode {
  return (
    <span className={cx("flex items-center gap-2", className)}>
      <span
        aria-hidden
        className={cx(
          "relative h-2 min-w-10 flex-1 rounded-sm bg-line-strong/25",
          typeof value !== "number" &&
            "bg-transparent outline outline-dashed outline-line-strong/50",
        )}
      >
        {typeof value === "number" && (
          <span
            className="absolute inset-y-0 left-0 rounded-sm bg-accent"
            style={{ width: `${Math.min(1, Math.max(0, value)) * 100}%` }}
          />
        )}
        {reference !== null && (
          <span
            title={referenceLabel}
            className="absolute -inset-y-0.5 w-0.5 -translate-x-1/2 bg-ink"
            style={{ left: `${reference * 100}%` }}
          />
        )}
      </span>
      <IouFigure value={value} className="w-9 shrink-0 text-right text-xs" />
    </span>
  );
}
