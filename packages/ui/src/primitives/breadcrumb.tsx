import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

export interface BreadcrumbProps {
  /** Links of the way here, in order; the page itself comes last, as plain text. */
  items: readonly { key: string; node: ReactNode }[];
}

export const Breadcrumb = ({ items }: BreadcrumbProps): ReactNode => (
  <nav aria-label="Breadcrumb" className="min-w-0">
    <ol className="flex min-w-0 items-center gap-1 text-sm text-ink-3 [&_a:hover]:text-ink [&_a:hover]:underline">
      {items.map((item, index) => (
        <li
          key={item.key}
          aria-current={index === items.length - 1 ? "page" : undefined}
          className="flex min-w-0 items-center gap-1 last:text-ink"
        >
          {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0" />}
          <span className="truncate">{item.node}</span>
        </li>
      ))}
    </ol>
  </nav>
);
