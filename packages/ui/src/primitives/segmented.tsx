import { ToggleGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: string;
  icon?: ReactNode;
  /** Shown in the hover text: the key that does the same. */
  shortcut?: string;
  disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly SegmentedOption<Value>[];
  label: string;
  /** Icons only, words for the screen reader. */
  iconsOnly?: boolean;
  className?: string;
}

/** One choice out of a few, all visible. */
export function Segmented<Value extends string>({
  value,
  onValueChange,
  options,
  label,
  iconsOnly = false,
  className,
}: SegmentedProps<Value>): ReactNode {
  return (
    <Radix.Root
      type="single"
      value={value}
      onValueChange={(next) => next !== "" && onValueChange(next as Value)}
      aria-label={label}
      className={cx(
        "inline-flex max-w-full shrink-0 gap-0.5 overflow-x-auto rounded-md border border-line-strong/60 bg-sunken p-0.5 [scrollbar-width:none]",
        className,
      )}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          title={
            option.shortcut === undefined ? option.label : `${option.label} (${option.shortcut})`
          }
          aria-label={option.label}
          className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded px-2.5 text-xs font-medium text-ink-2 hover:text-ink focus-visible:-outline-offset-1 disabled:opacity-45 data-[state=on]:bg-surface data-[state=on]:text-accent data-[state=on]:shadow-sm dark:data-[state=on]:bg-line [&_svg]:size-3.5"
        >
          {option.icon}
          {!iconsOnly && option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
