"use client";
import { Menu } from "@seedmask/ui/primitives/menu";
import { LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { signOut } from "#features/entry/auth-client.ts";
import type { Account } from "./account.ts";

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");

export function AccountMenu({ account }: { readonly account: Account }) {
  const { setTheme } = useTheme();
  return (
    <Menu
      label={`${account.name}, ${account.role}`}
      trigger={
        <button
          type="button"
          aria-label={`Account of ${account.name}`}
          className="grid size-8.5 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
        >
          {initials(account.name)}
        </button>
      }
      items={[
        { label: "Settings", icon: <Settings aria-hidden />, href: "/settings" },
        {
          label: "Light",
          icon: <Sun aria-hidden />,
          separated: true,
          onSelect: () => setTheme("light"),
        },
        { label: "Dark", icon: <Moon aria-hidden />, onSelect: () => setTheme("dark") },
        {
          label: "As the system",
          icon: <Monitor aria-hidden />,
          onSelect: () => setTheme("system"),
        },
        {
          label: "Sign out",
          icon: <LogOut aria-hidden />,
          separated: true,
          onSelect: () => void signOut().then(() => window.location.assign("/login")),
        },
      ]}
    />
  );
}
