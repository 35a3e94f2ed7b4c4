"use client";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { IconButton } from "@seedmask/ui/primitives/icon-button";
import { Kbd } from "@seedmask/ui/primitives/kbd";
import { Keyboard, Plus, Search } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { LiveMark } from "#features/live/LiveMark.tsx";
import { Wordmark } from "./Wordmark.tsx";
import type { Account } from "./account.ts";

interface TopBarProps {
  readonly account: Account;
  readonly onSearch: () => void;
  readonly onShortcuts: () => void;
}

export function TopBar({ account, onSearch, onShortcuts }: TopBarProps) {
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-surface/95 px-4 backdrop-blur-sm md:px-6">
      <Link href="/" aria-label="Seedmask, overview" className="md:hidden">
        <Wordmark compact />
      </Link>
      <button
        type="button"
        onClick={onSearch}
        className="flex h-8.5 w-full max-w-80 min-w-0 items-center gap-2 rounded-md border border-line bg-sunken px-2.5 text-sm text-ink-3 hover:border-line-strong"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">Search or go to…</span>
        <span className="hidden sm:block">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <div className="ml-auto flex items-center gap-2">
        <LiveMark />
        <span className="hidden sm:block">
          <IconButton
            label="Keyboard shortcuts"
            shortcut="Ctrl /"
            icon={<Keyboard aria-hidden />}
            onClick={onShortcuts}
          />
        </span>
        {account.role === "viewer" ? null : (
          <Link href="/runs/new" className={buttonStyle({ variant: "primary", size: "medium" })}>
            <Plus aria-hidden />
            <span className="max-sm:sr-only">New run</span>
          </Link>
        )}
        <AccountMenu account={account} />
      </div>
    </header>
  );
}
