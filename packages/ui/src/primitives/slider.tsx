import { Slider as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export interface SliderProps {
  value: number;
  onValueChange: (value: number) => void;
  /** After the drag: the place for work that is too slow for every movement. */
  onValueCommit?: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  label: string;
  /** Text of the value, shown at the right and read aloud. */
  format?: (value: number) => string;
  hideLabel?: boolean;
  disabled?: boolean;
  className?: string;
}

export function Slider({
  value,
  onValueChange,
  onValueCommit,
  min = 0,
  max = 1,
  step = 0.01,
  label,
  format = String,
  hideLabel = false,
  disabled = false,
  className,
}: SliderProps): ReactNode {
  return (
    <div className={cx("flex min-w-0 items-center gap-2.5", className)}>
      {!hideLabel && <span className="shrink-0 text-xs text-ink-2">{label}</span>}
      <Radix.Root
        value={[value]}
        onValueChange={([next]) => next !== undefined && onValueChange(next)}
        onValueCommit={([next]) => next !== undefined && onValueCommit?.(next)}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        className="relative flex h-6 min-w-20 flex-1 touch-none items-center select-none data-disabled:opacity-50"
      >
        <Radix.Track className="relative h-1 flex-1 rounded-full bg-line-strong/50">
          <Radix.Range className="absolute h-full rounded-full bg-accent" />
        </Radix.Track>
        <Radix.Thumb
          aria-label={label}
          aria-valuetext={format(value)}
          className="block size-4 rounded-full border-2 border-accent bg-surface transition-shadow before:absolute before:-inset-1.5 hover:ring-4 hover:ring-accent/15"
        />
      </Radix.Root>
      <output className="min-w-10 shrink-0 text-right text-xs text-ink tabular-nums">
        {format(value)}
      </output>
    </div>
  );
}
