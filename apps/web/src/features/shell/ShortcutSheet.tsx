"use client";
import { Dialog } from "@seedmask/ui/primitives/dialog";
import { Input } from "@seedmask/ui/primitives/input";
import { Kbd } from "@seedmask/ui/primitives/kbd";
import { Search } from "lucide-react";
import { useState } from "react";
import { PLACES } from "./navigation.ts";

interface Shortcut {
  readonly where: string;
  readonly keys: string;
  readonly does: string;
}

const SHORTCUTS: readonly Shortcut[] = [
  { where: "Everywhere", keys: "Ctrl K", does: "Search or go to" },
  { where: "Everywhere", keys: "Ctrl /", does: "Show these keys" },
  { where: "Everywhere", keys: "Esc", does: "Close what is on top" },
  ...PLACES.map(({ key, label }) => ({
    where: "Go to",
    keys: `g ${key}`,
    does: label,
  })),
  { where: "Images", keys: "← →", does: "Previous, next image" },
  { where: "Images", keys: "Space", does: "Overlay on or off" },
  { where: "Images", keys: "1 … 9", does: "Stage" },
  { where: "Images", keys: "[ ]", does: "Opacity" },
  { where: "Images", keys: ", .", does: "Threshold" },
  { where: "Images", keys: "G", does: "Ground truth" },
  { where: "Images", keys: "D", does: "Difference" },
  { where: "Images", keys: "B", does: "Blink" },
  { where: "Images", keys: "F", does: "Full screen" },
  { where: "Images", keys: "Z", does: "One image pixel to one screen pixel" },
];

interface ShortcutSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ShortcutSheet({ open, onOpenChange }: ShortcutSheetProps) {
  const [search, setSearch] = useState("");
  const shown = SHORTCUTS.filter(({ where, keys, does }) =>
    `${where} ${keys} ${does}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <Input
        aria-label="Search shortcuts"
        placeholder="Search"
        leading={<Search aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <dl className="mt-3 mb-3 grid grid-cols-[1fr_auto] items-center gap-y-2 text-sm">
        {shown.map(({ where, keys, does }) => (
          <div key={`${where} ${keys}`} className="contents">
            <dt>
              <span className="text-ink-3">{where}: </span>
              {does}
            </dt>
            <dd className="text-right">
              <Kbd>{keys}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
