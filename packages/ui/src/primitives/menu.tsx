import { DropdownMenu as Radix } from "radix-ui";
import { Fragment, type ReactNode } from "react";
import { cx } from "../cx.ts";
import { Kbd } from "./kbd.tsx";

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  /** A line above this item. */
  separated?: boolean;
  /** A link instead of an action. */
  href?: string;
  onSelect?: () => void;
}

export interface MenuProps {
  trigger: ReactNode;
  label: string;
  items: readonly MenuItem[];
  align?: "start" | "center" | "end";
}

export function Menu({ trigger, label, items, align = "end" }: MenuProps): ReactNode {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-md border border-line bg-raised p-1 shadow-raised"
        >
          {items.map((item) => (
            <Fragment key={item.label}>
              {item.separated && <Radix.Separator className="my-1 h-px bg-line" />}
              <Radix.Item
                disabled={item.disabled ?? false}
                onSelect={() => item.onSelect?.()}
                asChild={item.href !== undefined}
                className={cx(
                  "flex min-h-8 cursor-default items-center gap-2 rounded px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-accent-soft [&_svg]:size-4 [&_svg]:shrink-0",
                  item.danger && "text-danger data-highlighted:bg-red-soft",
                )}
              >
                {item.href === undefined ? (
                  <MenuLine item={item} />
                ) : (
                  <a href={item.href}>
                    <MenuLine item={item} />
                  </a>
                )}
              </Radix.Item>
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const MenuLine = ({ item }: { item: MenuItem }): ReactNode => (
  <>
    {item.icon}
    <span className="flex-1">{item.label}</span>
    {item.shortcut !== undefined && <Kbd>{item.shortcut}</Kbd>}
  </>
);
