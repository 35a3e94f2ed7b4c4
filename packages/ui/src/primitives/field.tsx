import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "../cx.ts";

/** What a control needs to be tied to its label, help and error. Spread it on the control. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

export interface FieldProps {
  label: string;
  help?: ReactNode;
  unit?: string;
  error?: string | undefined;
  /** Shown beside the label, e.g. a badge "changed from parent". */
  badge?: ReactNode;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, unit, help and error, tied together for assistive technology. */
export function Field({
  label,
  help,
  unit,
  error,
  badge,
  className,
  children,
}: FieldProps): ReactNode {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const described = [help !== undefined && helpId, error !== undefined && errorId].filter(Boolean);
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
        </label>
        {unit !== undefined && <span className="text-xs text-ink-3">{unit}</span>}
        {badge}
      </div>
      {children({
        id,
        "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
        "aria-invalid": error !== undefined || undefined,
      })}
      {error !== undefined && (
        <p id={errorId} role="alert" className="flex items-start gap-1.5 text-xs text-danger">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
      {help !== undefined && (
        <p id={helpId} className="text-xs text-ink-3">
          {help}
        </p>
      )}
    </div>
  );
}
