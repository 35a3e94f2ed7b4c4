import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "../cx.ts";

/** Scrolls sideways on its own, so that the page never does. */
export function Table({
  className,
  label,
  ...rest
}: ComponentProps<"table"> & { label: string }): ReactNode {
  return (
    <section
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="relative w-full overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table
        aria-label={label}
        className={cx("w-full border-collapse text-sm", className)}
        {...rest}
      />
    </section>
  );
}

export const TableHead = ({ className, ...rest }: ComponentProps<"thead">): ReactNode => (
  <thead className={cx("text-xs text-ink-3", className)} {...rest} />
);

export const TableBody = ({ className, ...rest }: ComponentProps<"tbody">): ReactNode => (
  <tbody className={cx("[&>tr:last-child>td]:border-b-0", className)} {...rest} />
);

export interface TableRowProps extends ComponentProps<"tr"> {
  selected?: boolean;
}
export const TableRow = ({ className, selected = false, ...rest }: TableRowProps): ReactNode => (
  <tr
    aria-selected={selected || undefined}
    className={cx("group hover:bg-sunken/60 aria-selected:bg-accent-soft", className)}
    {...rest}
  />
);

type Align = "left" | "right" | "center";
const alignments: Record<Align, string> = {
  left: "text-left",
  right: "text-right tabular-nums",
  center: "text-center",
};

export interface TableHeaderProps extends Omit<ComponentProps<"th">, "align"> {
  align?: Align;
  /** Current order of this column; give `onSort` too, or the header is plain text. */
  sort?: "ascending" | "descending" | "none";
  onSort?: () => void;
}

export function TableHeader({
  align = "left",
  sort = "none",
  onSort,
  className,
  children,
  ...rest
}: TableHeaderProps): ReactNode {
  const Arrow = sort === "ascending" ? ArrowUp : sort === "descending" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={onSort === undefined ? undefined : sort}
      className={cx(
        "h-9 border-b border-line bg-sunken px-3 font-medium whitespace-nowrap",
        alignments[align],
        className,
      )}
      {...rest}
    >
      {onSort === undefined ? (
        children
      ) : (
        <button
          type="button"
          onClick={onSort}
          className={cx(
            "inline-flex min-h-6 items-center gap-1 hover:text-ink",
            align === "right" && "flex-row-reverse",
            sort !== "none" && "text-ink",
          )}
        >
          {children}
          <Arrow aria-hidden className="size-3.5" />
        </button>
      )}
    </th>
  );
}

export interface TableCellProps extends Omit<ComponentProps<"td">, "align"> {
  align?: Align;
}
export const TableCell = ({ align = "left", className, ...rest }: TableCellProps): ReactNode => (
  <td className={cx("h-10 border-b border-line px-3", alignments[align], className)} {...rest} />
);
