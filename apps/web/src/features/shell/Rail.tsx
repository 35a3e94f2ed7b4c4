"use client";
import { cx } from "@seedmask/ui/cx";
import { Tooltip } from "@seedmask/ui/primitives/tooltip";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { usePathname } from "next/navigation";
import { isAt, PLACES } from "./navigation.ts";
import { Wordmark } from "./Wordmark.tsx";

interface RailProps {
  readonly collapsed: boolean;
  readonly onToggle: () => void;
}

export function Rail({ collapsed, onToggle }: RailProps) {
  const path = usePathname();
  const Toggle = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      aria-label="Main"
      className={cx(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-surface md:flex",
        collapsed ? "w-14" : "w-52",
      )}
    >
      <Link href="/" aria-label="Seedmask, overview" className="flex h-14 items-center px-4">
        <Wordmark compact={collapsed} />
      </Link>
      <ul className="flex flex-1 flex-col gap-0.5 p-2">
        {PLACES.map(({ href, label, icon: Icon }) => {
          const link = (
            <Link
              href={href}
              aria-current={isAt(path, href) ? "page" : undefined}
              aria-label={collapsed ? label : undefined}
              className="flex h-9 items-center gap-3 rounded-md px-3 text-sm text-ink-2 hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent"
            >
              <Icon aria-hidden className="size-4 shrink-0" />
              {collapsed ? null : <span className="truncate">{label}</span>}
            </Link>
          );
          return <li key={href}>{collapsed ? <Tooltip text={label}>{link}</Tooltip> : link}</li>;
        })}
      </ul>
      <button
        type="button"
        onClick={onToggle}
        aria-label={collapsed ? "Widen the menu" : "Narrow the menu"}
        aria-pressed={collapsed}
        className="m-2 flex h-9 items-center rounded-md px-3 text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <Toggle aria-hidden className="size-4" />
      </button>
    </nav>
  );
}
