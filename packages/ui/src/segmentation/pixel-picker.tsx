import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { cx } from "../cx.ts";
import type { OverlayLayer } from "../maps/layers.ts";
import type { Extent, GridCell } from "../maps/types.ts";
import { MaskOverlay } from "./mask-overlay.tsx";

export interface PixelPickerProps {
  src: string | null;
  /** Image pixels. */
  image: Extent;
  /** Cells that can be chosen. */
  grid: Extent;
  /** Image pixels the grid lies over; it may reach beyond the image at right and bottom. */
  extent?: Extent;
  cell: GridCell;
  onCell: (cell: GridCell) => void;
  layers: readonly OverlayLayer[];
  /** What a cell is chosen for: "Pixel whose neighbours are shown". */
  label: string;
  description: string;
  className?: string;
}

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

/** A picture one cell of which is chosen, by a click or with the arrow keys (Shift: five cells). */
export function PixelPicker({
  src,
  image,
  grid,
  extent = image,
  cell,
  onCell,
  layers,
  label,
  description,
  className,
}: PixelPickerProps): ReactNode {
  // A grid may end beyond the image; cells that lie there whole cannot be seen, nor chosen.
  const rows = Math.min(grid.height, Math.ceil((image.height / extent.height) * grid.height));
  const columns = Math.min(grid.width, Math.ceil((image.width / extent.width) * grid.width));
  const choose = (row: number, column: number): void =>
    onCell({ row: clamp(row, rows), column: clamp(column, columns) });
  const click = (event: MouseEvent<HTMLButtonElement>): void => {
    // A press of Enter has no place.
    if (event.detail === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * image.width;
    const y = ((event.clientY - box.top) / box.height) * image.height;
    choose(
      Math.floor((y / extent.height) * grid.height),
      Math.floor((x / extent.width) * grid.width),
    );
  };
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const stride = event.shiftKey ? 5 : 1;
    choose(cell.row + step[0] * stride, cell.column + step[1] * stride);
  };
  const percent = (share: number): string => `${share * 100}%`;
  return (
    <div className={cx("relative", className)}>
      <MaskOverlay
        src={src}
        width={image.width}
        height={image.height}
        layers={layers}
        description={description}
      />
      <button
        type="button"
        aria-label={`${label}: row ${cell.row + 1} of ${rows}, column ${cell.column + 1} of ${columns}. Arrow keys move it.`}
        onClick={click}
        onKeyDown={press}
        className="absolute inset-0 size-full cursor-crosshair! overflow-hidden"
      >
        <span
          aria-hidden
          className="absolute outline-2 outline-white ring-4 ring-black/75"
          style={{
            left: percent((cell.column * extent.width) / grid.width / image.width),
            top: percent((cell.row * extent.height) / grid.height / image.height),
            width: percent(extent.width / grid.width / image.width),
            height: percent(extent.height / grid.height / image.height),
          }}
        />
      </button>
      <output className="sr-only">{`Row ${cell.row + 1}, column ${cell.column + 1}`}</output>
    </div>
  );
}
