import { Inbox } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export interface EmptyProps {
  /** What is not here: "No runs yet". */
  title: string;
  /** Why, and what would bring it here. */
  children?: ReactNode;
  /** One primary action. */
  action?: ReactNode;
  icon?: ReactNode;
  className?: string;
}

export const Empty = ({ title, children, action, icon, className }: EmptyProps): ReactNode => (
  <div
    className={cx(
      "flex flex-col items-center justify-center gap-2 rounded-lg border border-dashed border-line-strong/50 px-6 py-10 text-center",
      className,
    )}
  >
    <span aria-hidden className="text-ink-3 [&_svg]:size-7 [&_svg]:stroke-[1.5]">
      {icon ?? <Inbox />}
    </span>
    <p className="text-sm font-medium text-ink">{title}</p>
    {children !== undefined && <div className="max-w-md text-sm text-ink-3">{children}</div>}
    {action !== undefined && <div className="mt-2">{action}</div>}
  </div>
);
