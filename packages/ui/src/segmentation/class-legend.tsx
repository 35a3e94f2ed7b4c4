import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { cssColour } from "../maps/palette.ts";
import type { LabelStyle } from "../maps/types.ts";

/** A colour with a border, so that it is seen on any ground. */
export const ColourChip = ({
  style,
  hatched = false,
}: {
  style: LabelStyle;
  hatched?: boolean;
}): ReactNode => (
  <span
    aria-hidden
    className="inline-block size-3 shrink-0 rounded-[3px] border border-line-strong"
    style={{
      background: hatched
        ? `repeating-linear-gradient(135deg, ${cssColour(style.colour)} 0 2px, #fff 2px 4px)`
        : cssColour(style.colour),
    }}
  />
);

export interface ClassLegendProps {
  styles: readonly LabelStyle[];
  /** Label under the pointer, marked. */
  active?: number | null;
  /** Label shown alone; with `onSolo` the entries become buttons. */
  solo?: number | null;
  onSolo?: (label: number | null) => void;
  /** Labels drawn with stripes. */
  hatched?: readonly number[];
  className?: string;
}

const entry = "inline-flex min-h-6 items-center gap-1.5 rounded px-1.5 text-xs text-ink-2";

/** Names beside colours: what the overlay draws, in words. */
export function ClassLegend({
  styles,
  active = null,
  solo = null,
  onSolo,
  hatched,
  className,
}: ClassLegendProps): ReactNode {
  return (
    <ul aria-label="Legend" className={cx("flex flex-wrap gap-x-1 gap-y-0.5", className)}>
      {styles.map((style) => {
        const marked = style.label === active || style.label === solo;
        const body = (
          <>
            <ColourChip style={style} hatched={hatched?.includes(style.label) ?? false} />
            {style.name}
          </>
        );
        return (
          <li key={style.label}>
            {onSolo === undefined ? (
              <span className={cx(entry, marked && "bg-accent-soft text-ink")}>{body}</span>
            ) : (
              <button
                type="button"
                aria-pressed={style.label === solo}
                title={style.label === solo ? "Show all classes" : `Show only ${style.name}`}
                onClick={() => onSolo(style.label === solo ? null : style.label)}
                className={cx(
                  entry,
                  "hover:bg-sunken hover:text-ink",
                  marked && "bg-accent-soft text-ink",
                  solo !== null && style.label !== solo && "text-ink-3",
                )}
              >
                {body}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
