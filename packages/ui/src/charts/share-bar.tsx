import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { formatCount, formatPercent } from "../format/format.ts";

export interface SharePart<Key extends string> {
  readonly key: Key;
  readonly label: string;
  /** What falls under it, in a few words. */
  readonly help?: string;
  readonly value: number;
}

export interface ShareBarProps<Key extends string> {
  label: string;
  parts: readonly SharePart<Key>[];
  onSelect?: (key: Key) => void;
}

const LOOKS = [
  "bg-series-1",
  "bg-series-2",
  "bg-series-3",
  "bg-series-4",
  "bg-series-6",
  "bg-series-7",
] as const;

/** A whole and its parts: one bar, and the same as a list with names, shares and counts. */
export function ShareBar<Key extends string>({
  label,
  parts,
  onSelect,
}: ShareBarProps<Key>): ReactNode {
  const all = parts.reduce((sum, { value }) => sum + value, 0);
  const shareOf = (value: number): number | null => (all === 0 ? null : value / all);
  return (
    <div className="flex flex-col gap-3">
      <div aria-hidden className="flex h-6 w-full gap-px overflow-hidden rounded-md bg-sunken">
        {parts.map(({ key, value }, at) =>
          value === 0 ? null : (
            <span
              key={key}
              className={LOOKS[at % LOOKS.length]}
              style={{ width: `${(shareOf(value) ?? 0) * 100}%` }}
            />
          ),
        )}
      </div>
      <ul aria-label={label} className="grid gap-x-6 gap-y-1 sm:grid-cols-2 xl:grid-cols-3">
        {parts.map(({ key, label: name, help, value }, at) => {
          const body = (
            <>
              <span
                aria-hidden
                className={cx("mt-1 size-3 shrink-0 rounded-[3px]", LOOKS[at % LOOKS.length])}
              />
              <span className="min-w-0 flex-1">
                <span className="block text-sm text-ink">{name}</span>
                {help === undefined ? null : (
                  <span className="block text-xs text-ink-3">{help}</span>
                )}
              </span>
              <span className="text-right text-sm text-ink tabular-nums">
                {formatPercent(shareOf(value), 1)}
                <span className="block text-xs text-ink-3">{formatCount(value)} px</span>
              </span>
            </>
          );
          return (
            <li key={key}>
              {onSelect === undefined ? (
                <span className="flex gap-2 py-1.5">{body}</span>
              ) : (
                <button
                  type="button"
                  onClick={() => onSelect(key)}
                  className="flex w-full gap-2 rounded px-1 py-1.5 text-left hover:bg-sunken"
                >
                  {body}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
