import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { formatCount } from "../format/format.ts";

export interface BarListItem {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** In front of the label: a colour chip. */
  readonly mark?: ReactNode;
}

export interface BarListProps {
  label: string;
  items: readonly BarListItem[];
  format?: (value: number) => string;
  /** Negative values grow to the left in blue, positive to the right in orange. */
  signed?: boolean;
  onSelect?: (key: string) => void;
  className?: string;
}

/** Named values as bars on one scale: a chart that is its own table. */
export function BarList({
  label,
  items,
  format = formatCount,
  signed = false,
  onSelect,
  className,
}: BarListProps): ReactNode {
  const most = Math.max(Number.MIN_VALUE, ...items.map((item) => Math.abs(item.value)));
  return (
    <ul aria-label={label} className={cx("flex flex-col", className)}>
      {items.map((item) => {
        const share = (Math.abs(item.value) / most) * (signed ? 50 : 100);
        const line = (
          <span className="grid min-h-7 grid-cols-[minmax(5rem,9rem)_1fr_3.25rem] items-center gap-2 text-xs">
            <span className="flex min-w-0 items-center gap-1.5 text-ink-2">
              {item.mark}
              <span className="truncate">{item.label}</span>
            </span>
            <span aria-hidden className="relative h-2.5">
              {signed && <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />}
              <span
                className={cx(
                  "absolute inset-y-0 rounded-sm",
                  signed ? (item.value < 0 ? "bg-lost" : "bg-gained") : "bg-accent",
                )}
                style={{
                  width: `${share}%`,
                  left: signed ? (item.value < 0 ? `${50 - share}%` : "50%") : 0,
                }}
              />
            </span>
            <span className="text-right text-ink tabular-nums">{format(item.value)}</span>
          </span>
        );
        return (
          <li key={item.key}>
            {onSelect === undefined ? (
              line
            ) : (
              <button
                type="button"
                onClick={() => onSelect(item.key)}
                className="block w-full rounded text-left hover:bg-sunken"
              >
                {line}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
