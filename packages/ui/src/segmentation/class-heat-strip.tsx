import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { describeMissing, formatIou } from "../format/format.ts";
import { colourAt } from "../maps/colour-map.ts";
import { cssColour } from "../maps/palette.ts";
import type { LabelStyle } from "../maps/types.ts";

export interface ClassHeatStripProps {
  /** IoU per label, 0…1; null where the class occurs nowhere. */
  values: readonly (number | null)[];
  styles: readonly LabelStyle[];
  className?: string;
}

/** One cell a class, coloured by IoU: a run's profile at a glance; names and numbers on hover. */
export function ClassHeatStrip({ values, styles, className }: ClassHeatStripProps): ReactNode {
  const words = values.map((value, label) => {
    const name = styles[label]?.name ?? `label ${label}`;
    return `${name} ${value === null ? describeMissing(null) : formatIou(value)}`;
  });
  return (
    <span className={cx("relative inline-flex h-4 gap-px align-middle", className)}>
      <span className="sr-only">{words.join(", ")}</span>
      {values.map((value, label) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key -- the index is the label id
          key={label}
          aria-hidden
          title={words[label]}
          className={cx(
            "h-full w-1.5",
            value === null && "border border-dashed border-line-strong",
          )}
          style={value === null ? undefined : { background: cssColour(colourAt("viridis", value)) }}
        />
      ))}
    </span>
  );
}
