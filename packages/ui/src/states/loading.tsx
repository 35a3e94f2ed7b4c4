import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { Skeleton } from "../primitives/skeleton.tsx";

export interface LoadingProps {
  /** What is on its way, for the screen reader: "Loading runs". */
  label: string;
  shape?: "lines" | "rows" | "tiles" | "chart";
  /** Lines, rows or tiles to hold the place of. */
  count?: number;
  className?: string;
}

const shapes = {
  lines: { box: "flex flex-col gap-2", one: "h-4 last:w-2/3" },
  rows: { box: "flex flex-col gap-2", one: "h-10" },
  tiles: { box: "grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3", one: "aspect-[4/3]" },
  chart: { box: "flex flex-col", one: "h-56" },
};

export function Loading({ label, shape = "lines", count, className }: LoadingProps): ReactNode {
  const { box, one } = shapes[shape];
  const places = count ?? (shape === "chart" ? 1 : shape === "tiles" ? 8 : 4);
  return (
    <output className={cx(box, className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: places }, (_, index) => (
        <Skeleton key={index} className={one} />
      ))}
    </output>
  );
}
