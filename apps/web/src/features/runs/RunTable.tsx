"use client";
import { cx } from "@seedmask/ui/cx";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { gridTemplate, leastWidth, type RunColumn, type RunRow, type RunSort } from "./columns.tsx";

const ROW_HEIGHT = 44;

interface RunTableProps {
  readonly runs: readonly RunRow[];
  readonly columns: readonly RunColumn[];
  readonly sort: RunSort;
  readonly selected: ReadonlySet<string>;
  readonly onSort: (by: RunSort["by"]) => void;
  readonly onSelect: (id: string, on: boolean) => void;
  /** Called when the last rows come into view. */
  readonly onEnd: () => void;
}

/** Any number of runs; only the rows in view are in the document. */
export function RunTable(props: RunTableProps) {
  const { runs, columns, sort, selected, onSort, onSelect, onEnd } = props;
  const template = gridTemplate(columns);
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    getItemKey: (index) => runs[index]!.id,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= runs.length - 10) onEnd();
  }, [lastShown, runs.length, onEnd]);

  return (
    <div
      ref={scroller}
      role="table"
      aria-label="Runs"
      aria-rowcount={runs.length + 1}
      className="max-h-[calc(100dvh-13.5rem)] overflow-auto rounded-lg border border-line bg-surface text-sm"
    >
      <div style={{ minWidth: `${leastWidth(columns)}rem` }}>
        <div role="rowgroup" className="sticky top-0 z-10">
          <div
            role="row"
            className="grid h-9 items-center border-b border-line bg-sunken text-xs font-medium text-ink-3"
            style={{ gridTemplateColumns: template }}
          >
            <span role="columnheader">
              <span className="sr-only">Select</span>
            </span>
            {columns.map((column) => (
              <Header key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const run = runs[index]!;
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={selected.has(run.id)}
                onDoubleClick={() => router.push(`/runs/${run.id}`)}
                className="absolute inset-x-0 grid items-center border-b border-line hover:bg-sunken/60 aria-selected:bg-accent-soft"
                style={{
                  gridTemplateColumns: template,
                  height: ROW_HEIGHT,
                  transform: `translateY(${start}px)`,
                }}
              >
                <span role="cell" className="grid place-items-center">
                  <Checkbox
                    checked={selected.has(run.id)}
                    onCheckedChange={(on) => onSelect(run.id, on === true)}
                    label={`Select ${run.name}`}
                    hideLabel
                  />
                </span>
                {columns.map((column) => (
                  <span
                    key={column.key}
                    role="cell"
                    className={cx(
                      "min-w-0 truncate px-3",
                      column.align === "right" && "text-right tabular-nums",
                    )}
                  >
                    {column.cell(run)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HeaderProps {
  readonly column: RunColumn;
  readonly sort: RunSort;
  readonly onSort: (by: RunSort["by"]) => void;
}

function Header({ column, sort, onSort }: HeaderProps) {
  const { title, align, sort: by } = column;
  const active = by === sort.by;
  const Arrow = sort.direction === "asc" ? ArrowUp : ArrowDown;
  const order = sort.direction === "asc" ? "ascending" : "descending";
  return (
    <span
      role="columnheader"
      aria-sort={by ? (active ? order : "none") : undefined}
      className={cx("px-3", align === "right" && "text-right")}
    >
      {by ? (
        <button
          type="button"
          onClick={() => onSort(by)}
          className={cx(
            "inline-flex min-h-6 items-center gap-1 hover:text-ink",
            active && "text-ink",
          )}
        >
          {title}
          <Arrow aria-hidden className={cx("size-3.5", !active && "opacity-0")} />
        </button>
      ) : (
        title
      )}
    </span>
  );
}
