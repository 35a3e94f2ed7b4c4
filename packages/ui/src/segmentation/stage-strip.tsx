import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import type { Measured } from "../format/format.ts";
import { DeltaFigure, IouFigure } from "../primitives/figure.tsx";

export interface StageCell {
  readonly key: string;
  readonly title: string;
  readonly picture: ReactNode;
  /** 0…1; left out for cells that have none by nature (image, ground truth). */
  readonly iou?: Measured;
  /** Change from the stage before; by lineage, not by position. */
  readonly delta?: number | null;
  readonly onOpen?: () => void;
}

export interface StageStripProps {
  /** Names the row: the image id. */
  label: string;
  cells: readonly StageCell[];
  className?: string;
}

/** One image through all stages: what each made of it, and what it was worth. */
export const StageStrip = ({ label, cells, className }: StageStripProps): ReactNode => (
  <ol
    aria-label={label}
    className={cx(
      "relative flex snap-x gap-2 overflow-x-auto pb-1 [scrollbar-width:thin]",
      className,
    )}
  >
    {cells.map((cell) => {
      const caption = (
        <span className="flex items-baseline justify-between gap-2 pt-1 text-xs">
          <span className="truncate text-ink-2">{cell.title}</span>
          <span className="flex shrink-0 gap-1.5">
            {cell.delta !== undefined && cell.delta !== null && <DeltaFigure value={cell.delta} />}
            {cell.iou !== undefined && <IouFigure value={cell.iou} className="font-medium" />}
          </span>
        </span>
      );
      return (
        <li key={cell.key} className="w-36 shrink-0 snap-start md:w-auto md:min-w-28 md:flex-1">
          {cell.onOpen === undefined ? (
            <>
              {cell.picture}
              {caption}
            </>
          ) : (
            <button type="button" onClick={cell.onOpen} className="block w-full text-left">
              {cell.picture}
              {caption}
            </button>
          )}
        </li>
      );
    })}
  </ol>
);
