import { type KeyboardEvent, type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { cssColour, luminance } from "../maps/palette.ts";
import type { Rgb } from "../maps/types.ts";

export interface MatrixCell {
  /** Null where there is nothing to measure: drawn dashed. */
  readonly colour: Rgb | null;
  /** Two or three characters. */
  readonly text: string;
  /** The whole of it, for the screen reader and on hover. */
  readonly words: string;
  /** More digits, on hover alone. */
  readonly exact?: string;
}

export interface HeatMatrixProps {
  rows: readonly string[];
  columns: readonly string[];
  cell: (row: number, column: number) => MatrixCell;
  caption: string;
  /** What the rows are, for the corner: "Ground truth". */
  corner: string;
  onSelect?: (row: number, column: number) => void;
  selected?: readonly [row: number, column: number] | null;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** Named rows against named columns, coloured. Arrows walk, Enter chooses. */
export function HeatMatrix({
  rows,
  columns,
  cell,
  caption,
  corner,
  onSelect,
  selected = null,
}: HeatMatrixProps): ReactNode {
  const [focus, setFocus] = useState<readonly [number, number]>([0, 0]);
  const walk = (event: KeyboardEvent<HTMLTableElement>): void => {
    const step = ARROWS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = [
      clamp(focus[0] + step[0], rows.length - 1),
      clamp(focus[1] + step[1], columns.length - 1),
    ] as const;
    setFocus(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    <div className="relative overflow-x-auto">
      <p aria-hidden className="pb-2 text-xs text-ink-3">
        {caption}
      </p>
      <table className="border-separate border-spacing-px text-xs" onKeyDown={walk}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="sr-only">
              {corner}
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="h-24 w-7 align-bottom font-normal text-ink-2">
                <span className="inline-block max-h-24 [writing-mode:vertical-rl] rotate-180 truncate py-1">
                  {name}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((rowName, row) => (
            <tr key={rowName}>
              <th scope="row" className="max-w-32 truncate pr-2 text-right font-normal text-ink-2">
                {rowName}
              </th>
              {columns.map((columnName, column) => {
                const { colour, text, words, exact } = cell(row, column);
                const chosen = selected?.[0] === row && selected[1] === column;
                return (
                  <td key={columnName} className="p-0">
                    <button
                      type="button"
                      data-cell={`${row}-${column}`}
                      tabIndex={focus[0] === row && focus[1] === column ? 0 : -1}
                      title={exact === undefined ? words : `${words} (${exact})`}
                      aria-label={words}
                      aria-pressed={onSelect === undefined ? undefined : chosen}
                      disabled={onSelect === undefined}
                      onFocus={() => setFocus([row, column])}
                      onClick={() => onSelect?.(row, column)}
                      className={cx(
                        "grid size-7 place-items-center rounded-[2px] text-[0.625rem] tabular-nums",
                        colour === null && "border border-dashed border-line-strong text-ink-3",
                        chosen && "outline-2 outline-offset-1 outline-focus",
                      )}
                      style={
                        colour === null
                          ? undefined
                          : {
                              background: cssColour(colour),
                              color: luminance(colour) > 0.18 ? "#000" : "#fff",
                            }
                      }
                    >
                      {text}
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
