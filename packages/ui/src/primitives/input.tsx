import type { ComponentProps, ReactNode } from "react";
import { cx } from "../cx.ts";

export const controlLook =
  "h-8.5 w-full rounded-md border border-line-strong/70 bg-surface px-2.5 text-sm text-ink placeholder:text-ink-3 hover:border-line-strong disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger";

export interface InputProps extends ComponentProps<"input"> {
  /** Written inside, at the right end: "px", "%", "images". */
  unit?: string;
  /** Icon inside, at the left end. */
  leading?: ReactNode;
}

export function Input({ unit, leading, className, ...rest }: InputProps): ReactNode {
  const field = (
    <input
      className={cx(
        controlLook,
        leading !== undefined && "pl-8",
        rest.type === "number" && "tabular-nums",
        className,
      )}
      {...rest}
    />
  );
  if (unit === undefined && leading === undefined) return field;
  return (
    <div className="relative flex items-center gap-2">
      {leading !== undefined && (
        <span
          aria-hidden
          className="pointer-events-none absolute left-2.5 text-ink-3 [&_svg]:size-4"
        >
          {leading}
        </span>
      )}
      {field}
      {unit !== undefined && (
        <span className="shrink-0 text-xs whitespace-nowrap text-ink-3">{unit}</span>
      )}
    </div>
  );
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">): ReactNode {
  return <textarea className={cx(controlLook, "h-auto min-h-20 py-2", className)} {...rest} />;
}
