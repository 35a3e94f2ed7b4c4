"use client";
import { Menu as MenuIcon } from "lucide-react";
import { Menu } from "@seedmask/ui/primitives/menu";
import { Link } from "#lib/link.tsx";
import { usePathname } from "next/navigation";
import { isAt, PLACES } from "./navigation.ts";

const FIRST = PLACES.filter(({ href }) =>
  ["/", "/runs", "/leaderboard", "/datasets"].includes(href),
);
const REST = PLACES.filter((place) => !FIRST.includes(place));
const look =
  "flex h-14 w-full flex-col items-center justify-center gap-1 text-[11px] text-ink-3 aria-[current=page]:text-accent";

/** The rail of a narrow screen, within reach of the thumb. */
export function PhoneBar() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-5">
        {FIRST.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link href={href} aria-current={isAt(path, href) ? "page" : undefined} className={look}>
              <Icon aria-hidden className="size-5" />
              {label}
            </Link>
          </li>
        ))}
        <li>
          <Menu
            label="More"
            trigger={
              <button type="button" className={look}>
                <MenuIcon aria-hidden className="size-5" />
                More
              </button>
            }
            items={REST.map(({ href, label, icon: Icon }) => ({
              label,
              href,
              icon: <Icon aria-hidden />,
            }))}
          />
        </li>
      </ul>
    </nav>
  );
}
