import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export interface TabItem<Value extends string> {
  value: Value;
  label: string;
  /** Small count behind the label. */
  count?: number;
  content?: ReactNode;
}

export interface TabsProps<Value extends string> {
  value: Value;
  onValueChange: (value: Value) => void;
  items: readonly TabItem<Value>[];
  label: string;
  className?: string;
}

export function Tabs<Value extends string>({
  value,
  onValueChange,
  items,
  label,
  className,
}: TabsProps<Value>): ReactNode {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className={cx("min-w-0", className)}
    >
      <Radix.List
        aria-label={label}
        className="flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]"
      >
        {items.map((item) => (
          <Radix.Trigger key={item.value} value={item.value} className={tabLook}>
            {item.label}
            {item.count !== undefined && (
              <span className="text-xs text-ink-3 tabular-nums">{item.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.value} value={item.value} className="pt-4">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

/** The look of a tab, for navigation links that behave as tabs: mark with aria-current="page". */
export const tabLook =
  "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm font-medium text-ink-3 hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink data-[state=active]:border-accent data-[state=active]:text-ink";
