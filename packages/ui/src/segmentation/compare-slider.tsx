import { MoveHorizontal } from "lucide-react";
import { Slider } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export interface CompareSliderProps {
  /** 0…1 from the left. */
  position: number;
  onPositionChange: (position: number) => void;
  /** Both fill the box; the right one should clip itself from `position` (ZoomView: clipFrom). */
  left: ReactNode;
  right: ReactNode;
  leftLabel: string;
  rightLabel: string;
  className?: string;
}

/** Two views of one image in one place, parted by a bar that can be dragged or moved by arrow keys. */
export function CompareSlider({
  position,
  onPositionChange,
  left,
  right,
  leftLabel,
  rightLabel,
  className,
}: CompareSliderProps): ReactNode {
  const chip =
    "pointer-events-none absolute top-2 rounded bg-black/70 px-1.5 py-0.5 text-xs text-white";
  return (
    <div className={cx("relative size-full overflow-hidden", className)}>
      <div className="absolute inset-0">{left}</div>
      <div className="absolute inset-0">{right}</div>
      <span className={cx(chip, "left-2")}>{leftLabel}</span>
      <span className={cx(chip, "right-2")}>{rightLabel}</span>
      <Slider.Root
        value={[position]}
        onValueChange={([next]) => next !== undefined && onPositionChange(next)}
        min={0}
        max={1}
        step={0.005}
        onKeyDown={(event) => event.stopPropagation()}
        className="pointer-events-none absolute inset-0 flex items-center"
      >
        <Slider.Track className="sr-only" />
        <Slider.Thumb
          aria-label={`Part between ${leftLabel} and ${rightLabel}`}
          className="group relative block size-0 outline-none"
        >
          <span
            aria-hidden
            className="pointer-events-auto absolute -top-[200vh] -left-3 h-[400vh] w-6 cursor-ew-resize touch-none"
          >
            <span className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.5)]" />
            <span className="absolute top-1/2 left-1/2 grid size-6 -translate-1/2 place-items-center rounded-full border border-black/50 bg-white text-black group-focus-visible:ring-2 group-focus-visible:ring-focus group-focus-visible:ring-offset-2">
              <MoveHorizontal className="size-3.5" />
            </span>
          </span>
        </Slider.Thumb>
      </Slider.Root>
    </div>
  );
}
