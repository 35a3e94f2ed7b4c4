import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import {
  describeMissing,
  formatDelta,
  formatIou,
  formatIouExact,
  type Measured,
} from "../format/format.ts";

export interface IouFigureProps {
  /** 0…1, or why there is none. */
  value: Measured;
  className?: string;
}

/** A share × 100 with one decimal; the exact value on hover; a missing one is read aloud as such. */
export const IouFigure = ({ value, className }: IouFigureProps): ReactNode =>
  typeof value === "number" ? (
    <span title={formatIouExact(value)} className={cx("tabular-nums", className)}>
      {formatIou(value)}
    </span>
  ) : (
    <span title={describeMissing(value)} className={cx("text-ink-3", className)}>
      <span aria-hidden>{formatIou(value)}</span>
      <span className="sr-only">{describeMissing(value)}</span>
    </span>
  );

/** A change in points: orange gained, blue lost, sign always written. */
export const DeltaFigure = ({ value, className }: IouFigureProps): ReactNode => {
  const text = formatDelta(value);
  return (
    <span
      className={cx(
        "tabular-nums",
        text.startsWith("+") ? "text-gained" : text.startsWith("−") ? "text-lost" : "text-ink-3",
        className,
      )}
    >
      {text}
    </span>
  );
};
