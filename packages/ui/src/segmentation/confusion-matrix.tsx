import { type KeyboardEvent, type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { formatCount, formatPercent } from "../format/format.ts";
import { colourAt } from "../maps/colour-map.ts";
import { cssColour, luminance } from "../maps/palette.ts";
import type { LabelStyle } from "../maps/types.ts";

export interface ConfusionMatrixProps {
  labels: number;
  /** Row-major L × L pixels: row = ground truth, column = prediction. */
  matrix: readonly number[];
  styles: readonly LabelStyle[];
  /** A cell the user chose: opens the images behind it. */
  onSelect?: (truth: number, predicted: number) => void;
  selected?: { truth: number; predicted: number } | null;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where the pixels of each class went, as shares of its ground truth. Arrows walk, Enter chooses. */
export function ConfusionMatrix({
  labels,
  matrix,
  styles,
  onSelect,
  selected = null,
}: ConfusionMatrixProps): ReactNode {
  const [focus, setFocus] = useState<readonly [number, number]>([0, 0]);
  const totals = Array.from({ length: labels }, (_, row) =>
    matrix.slice(row * labels, (row + 1) * labels).reduce((sum, count) => sum + count, 0),
  );
  const name = (label: number): string => styles[label]?.name ?? `label ${label}`;
  const walk = (event: KeyboardEvent<HTMLTableElement>): void => {
    const step = ARROWS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const clamp = (value: number): number => Math.min(labels - 1, Math.max(0, value));
    const next = [clamp(focus[0] + step[0]), clamp(focus[1] + step[1])] as const;
    setFocus(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    <div className="relative overflow-x-auto">
      <table className="border-separate border-spacing-px text-xs" onKeyDown={walk}>
        <caption className="pb-2 text-left text-ink-3">
          Rows are ground truth, columns are predictions; shares of the row’s pixels.
        </caption>
        <thead>
          <tr>
            <th scope="col" className="sr-only">
              Ground truth
            </th>
            {Array.from({ length: labels }, (_, column) => (
              <th
                key={name(column)}
                scope="col"
                className="h-24 w-7 align-bottom font-normal text-ink-2"
              >
                <span className="inline-block max-h-24 [writing-mode:vertical-rl] rotate-180 truncate py-1">
                  {name(column)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {totals.map((total, row) => (
            <tr key={name(row)}>
              <th scope="row" className="max-w-32 truncate pr-2 text-right font-normal text-ink-2">
                {name(row)}
              </th>
              {Array.from({ length: labels }, (_, column) => {
                const count = matrix[row * labels + column]!;
                const share = total === 0 ? null : count / total;
                const colour = colourAt("viridis", share ?? 0);
                const chosen = selected?.truth === row && selected.predicted === column;
                const shown = share === null ? "—" : share < 0.005 ? "" : Math.round(share * 100);
                const exact = `${formatPercent(share, 1)}, ${formatCount(count)} pixels`;
                const words = `${shown === "" ? "under 1" : shown} % of ${name(row)} predicted as ${name(column)}`;
                return (
                  <td key={name(column)} className="p-0">
                    <button
                      type="button"
                      data-cell={`${row}-${column}`}
                      tabIndex={focus[0] === row && focus[1] === column ? 0 : -1}
                      title={`${words} (${exact})`}
                      aria-label={words}
                      disabled={onSelect === undefined}
                      onFocus={() => setFocus([row, column])}
                      onClick={() => onSelect?.(row, column)}
                      className={cx(
                        "grid size-7 place-items-center rounded-[2px] text-[0.625rem] tabular-nums",
                        share === null && "border border-dashed border-line-strong text-ink-3",
                        chosen && "outline-2 outline-offset-1 outline-focus",
                      )}
                      style={
                        share === null
                          ? undefined
                          : {
                              background: cssColour(colour),
                              color: luminance(colour) > 0.18 ? "#000" : "#fff",
                            }
                      }
                    >
                      {shown}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
