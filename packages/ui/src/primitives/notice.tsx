import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

const looks = {
  info: { icon: Info, style: "bg-blue-soft text-blue" },
  warning: { icon: TriangleAlert, style: "bg-amber-soft text-amber" },
  error: { icon: CircleAlert, style: "bg-red-soft text-red" },
} as const;

export interface NoticeProps {
  tone?: keyof typeof looks;
  title: ReactNode;
  /** One button or link at its end. */
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** A sentence above the content that it is about: what is wrong, and what to do. */
export function Notice({
  tone = "info",
  title,
  action,
  className,
  children,
}: NoticeProps): ReactNode {
  const { icon: Icon, style } = looks[tone];
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={cx(
        "flex flex-wrap items-start gap-3 rounded-lg px-4 py-3 text-sm",
        style,
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children === undefined ? null : <div className="mt-0.5 text-ink-2">{children}</div>}
      </div>
      {action}
    </div>
  );
}
