import { Progress as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export interface ProgressProps {
  /** 0…1; null while the end is not known. */
  value: number | null;
  label: string;
  tone?: "accent" | "blue" | "grey";
  className?: string;
}

const tones = { accent: "bg-accent", blue: "bg-blue", grey: "bg-line-strong" };

export function Progress({ value, label, tone = "blue", className }: ProgressProps): ReactNode {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <Radix.Root
      value={percent}
      aria-label={label}
      className={cx("h-1.5 w-full overflow-hidden rounded-full bg-line-strong/35", className)}
    >
      <Radix.Indicator
        className={cx(
          "h-full origin-left rounded-full transition-transform",
          tones[tone],
          percent === null && "w-1/3 animate-pulse",
        )}
        style={percent === null ? undefined : { transform: `scaleX(${percent / 100})` }}
      />
    </Radix.Root>
  );
}
