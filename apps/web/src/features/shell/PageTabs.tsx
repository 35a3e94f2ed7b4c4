"use client";
import { tabLook } from "@seedmask/ui/primitives/tabs";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { Link } from "#lib/link.tsx";

export interface PageTab {
  /** After the base: "" is the page itself. */
  readonly path: string;
  readonly label: string;
}

interface PageTabsProps {
  /** What the pages are of, for the screen reader. */
  readonly label: string;
  /** Address that all of them begin with. */
  readonly base: string;
  readonly tabs: readonly PageTab[];
}

/** Links between the pages of one thing, with the open one marked. */
export function PageTabs({ label, base, tabs }: PageTabsProps) {
  const open = usePathname();
  const row = useRef<HTMLElement>(null);
  // On a phone the open one may lie outside the row.
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>(`[href="${open}"]`);
    if (row.current && current) {
      row.current.scrollLeft =
        current.offsetLeft - (row.current.clientWidth - current.offsetWidth) / 2;
    }
  }, [open]);
  return (
    <nav
      ref={row}
      aria-label={label}
      className="relative mb-5 flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]"
    >
      {tabs.map((tab) => {
        const href = `${base}${tab.path}`;
        return (
          <Link
            key={tab.path}
            href={href}
            aria-current={open === href ? "page" : undefined}
            className={tabLook}
          >
            {tab.label}
          </Link>
        );
      })}
    </nav>
  );
}
