"use client";
import { cx } from "@seedmask/ui/cx";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { RouterOutputs } from "#trpc/types.ts";

type LogLine = RouterOutputs["logs"]["search"]["lines"][number];

const COLOURS: Readonly<Record<LogLine["level"], string>> = {
  debug: "text-ink-3",
  info: "text-ink",
  warning: "text-amber",
  error: "text-red",
};

interface LogLinesProps {
  readonly lines: readonly LogLine[];
  /** Keeps the newest line in view. */
  readonly follows: boolean;
  readonly marked: number | null;
  readonly onMark: (id: number) => void;
}

const clock = (at: Date): string => at.toISOString().slice(11, 19);

export function LogLines({ lines, follows, marked, onMark }: LogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 20,
    getItemKey: (index) => lines[index]!.id,
  });
  const markedIndex = marked === null ? -1 : lines.findIndex(({ id }) => id === marked);
  useEffect(() => {
    if (follows) rows.scrollToIndex(lines.length - 1, { align: "end" });
    else if (markedIndex >= 0) rows.scrollToIndex(markedIndex, { align: "center" });
  }, [follows, lines.length, markedIndex, rows]);

  return (
    <div
      ref={scroller}
      role="log"
      aria-label="Log"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="h-[min(36rem,calc(100dvh-20rem))] min-h-64 overflow-auto rounded-lg border border-line bg-surface py-1 font-mono text-xs"
    >
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]!;
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={cx(
                "absolute inset-x-0 flex items-baseline gap-3 px-3 hover:bg-sunken",
                line.id === marked && "bg-accent-soft",
              )}
              style={{ transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                onClick={() => onMark(line.id)}
                title="Link to this line"
                className="min-h-6 shrink-0 text-ink-3 tabular-nums hover:text-accent"
              >
                {clock(line.at)}
              </button>
              <span className="w-28 shrink-0 truncate text-ink-3 max-sm:hidden">
                {line.stage ?? ""}
              </span>
              <span className={cx("min-w-0 break-words whitespace-pre-wrap", COLOURS[line.level])}>
                {line.level === "info" ? "" : `${line.level}: `}
                {line.message}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
