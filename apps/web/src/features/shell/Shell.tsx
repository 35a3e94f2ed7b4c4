"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { LiveEvents } from "#features/live/LiveEvents.tsx";
import { AccountProvider } from "./AccountContext.tsx";
import { PhoneBar } from "./PhoneBar.tsx";
import { Rail } from "./Rail.tsx";
import { TopBar } from "./TopBar.tsx";
import type { Account } from "./account.ts";
import { useShellKeys } from "./use-shell-keys.ts";

const CommandPalette = dynamic(() =>
  import("./CommandPalette.tsx").then((file) => file.CommandPalette),
);
const ShortcutSheet = dynamic(() =>
  import("./ShortcutSheet.tsx").then((file) => file.ShortcutSheet),
);

const RAIL_COOKIE = "seedmask-rail";

interface ShellProps {
  readonly account: Account;
  readonly railCollapsed: boolean;
  readonly children: ReactNode;
}

/** Rail, top bar and the page between; holds the tab's one stream of events. */
export function Shell({ account, railCollapsed, children }: ShellProps) {
  const [collapsed, setCollapsed] = useState(railCollapsed);
  const [searching, setSearching] = useState(false);
  const [showsKeys, setShowsKeys] = useState(false);
  useShellKeys({
    onSearch: () => setSearching(true),
    onShortcuts: () => setShowsKeys(true),
  });

  function toggleRail(): void {
    const next = !collapsed;
    setCollapsed(next);
    document.cookie = `${RAIL_COOKIE}=${next ? "narrow" : "wide"}; path=/; max-age=31536000; samesite=lax`;
  }

  return (
    <AccountProvider account={account}>
      <LiveEvents>
        <a
          href="#page"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
        >
          Skip to the page
        </a>
        <div className="flex min-h-dvh">
          <Rail collapsed={collapsed} onToggle={toggleRail} />
          <div className="flex min-w-0 flex-1 flex-col">
            <TopBar
              account={account}
              onSearch={() => setSearching(true)}
              onShortcuts={() => setShowsKeys(true)}
            />
            <main id="page" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 max-md:pb-20 md:px-6">
              {children}
            </main>
          </div>
        </div>
        <PhoneBar />
        {searching ? <CommandPalette open onOpenChange={setSearching} /> : null}
        {showsKeys ? <ShortcutSheet open onOpenChange={setShowsKeys} /> : null}
      </LiveEvents>
    </AccountProvider>
  );
}
