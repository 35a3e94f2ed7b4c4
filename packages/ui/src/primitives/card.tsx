import type { ComponentProps, ReactNode } from "react";
import { cx } from "../cx.ts";

export interface CardProps extends Omit<ComponentProps<"section">, "title"> {
  title?: ReactNode;
  /** One short line under the title. */
  description?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Without inner padding, for tables and pictures. */
  flush?: boolean;
}

export function Card({
  title,
  description,
  actions,
  flush = false,
  className,
  children,
  ...rest
}: CardProps): ReactNode {
  const headed = title !== undefined || actions !== undefined;
  return (
    <section
      className={cx("min-w-0 rounded-lg border border-line bg-surface", className)}
      {...rest}
    >
      {headed && (
        <header className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 pt-3.5">
          <div className="min-w-40 flex-1">
            <h2 className="text-sm font-semibold text-ink">{title}</h2>
            {description !== undefined && (
              <p className="mt-0.5 text-xs text-ink-3">{description}</p>
            )}
          </div>
          {actions}
        </header>
      )}
      <div className={cx(flush ? headed && "pt-3" : "p-4", !flush && headed && "pt-3")}>
        {children}
      </div>
    </section>
  );
}
