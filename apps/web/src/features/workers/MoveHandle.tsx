"use client";
import { IconButton } from "@seedmask/ui/primitives/icon-button";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { ArrowUpToLine, GripVertical } from "lucide-react";
import { keyTarget } from "./use-job-order.ts";

interface MoveHandleProps {
  readonly name: string;
  /** Place among those that wait, 0 = next. */
  readonly at: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onDrag: (begun: boolean) => void;
}

/** Drag it, or focus it and press an arrow, Home or End. */
export function MoveHandle({ name, at, count, onMove, onDrag }: MoveHandleProps) {
  return (
    <span className="inline-flex items-center gap-1">
      <IconButton
        size="icon-small"
        label={`Run ${name} next`}
        disabled={at === 0}
        icon={<ArrowUpToLine aria-hidden />}
        onClick={() => onMove(0)}
      />
      <button
        type="button"
        draggable
        aria-label={`Move ${name}, ${at + 1} of ${count}: drag, or arrow keys`}
        className={buttonStyle({ variant: "quiet", size: "icon-small", className: "cursor-grab" })}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", name);
          onDrag(true);
        }}
        onDragEnd={() => onDrag(false)}
        onKeyDown={(event) => {
          const to = keyTarget(event.key, at);
          if (to === null) return;
          event.preventDefault();
          onMove(to);
        }}
      >
        <GripVertical aria-hidden />
      </button>
    </span>
  );
}
