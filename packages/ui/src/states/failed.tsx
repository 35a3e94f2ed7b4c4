import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import { Button } from "../primitives/button.tsx";
import { CopyButton } from "../primitives/copy-button.tsx";

export interface FailedProps {
  /** What happened: "The runs could not be read". */
  title: string;
  /** Why, and what to do. */
  children?: ReactNode;
  onRetry?: (() => void) | undefined;
  /** Id to quote to whoever looks into it. */
  errorId?: string | undefined;
  className?: string;
}

export const Failed = ({
  title,
  children,
  onRetry,
  errorId,
  className,
}: FailedProps): ReactNode => (
  <div
    role="alert"
    className={cx(
      "flex items-start gap-3 rounded-lg border border-red/40 bg-red-soft p-4",
      className,
    )}
  >
    <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-red" />
    <div className="min-w-0 flex-1">
      <p className="text-sm font-medium text-ink">{title}</p>
      {children !== undefined && (
        <div className="mt-0.5 text-sm break-words text-ink-2">{children}</div>
      )}
      {errorId !== undefined && (
        <p className="mt-1 flex items-center gap-1 font-mono text-xs text-ink-3">
          {errorId}
          <CopyButton value={errorId} label="Copy error id" />
        </p>
      )}
    </div>
    {onRetry !== undefined && (
      <Button size="small" icon={<RotateCw aria-hidden />} onClick={onRetry}>
        Try again
      </Button>
    )}
  </div>
);
