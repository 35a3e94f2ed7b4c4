"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { FlaskConical, Plus, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import { PLACES } from "./navigation.ts";

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const itemLook =
  "flex min-h-9 cursor-default items-center gap-3 rounded-md px-2.5 text-sm data-[selected=true]:bg-accent-soft [&_svg]:size-4 [&_svg]:text-ink-3";
const headingLook =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3";

/**
 * Ctrl+K: places, runs, datasets and the one thing one starts most. What it asks the server for is
 * asked inside, once it is open: a query made before a page's own would keep that page from
 * starting with what came along with it.
 */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Search or go to"
      overlayClassName="fixed inset-0 z-40 bg-scrim"
      contentClassName="fixed top-[12dvh] left-1/2 z-50 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 rounded-xl border border-line bg-raised shadow-raised"
    >
      <Choices onDone={() => onOpenChange(false)} />
    </Command.Dialog>
  );
}

function Choices({ onDone }: { readonly onDone: () => void }) {
  const router = useRouter();
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const runs = useQuery({
    ...trpc.runs.list.queryOptions({ limit: 8, ...(search ? { filter: { search } } : {}) }),
    placeholderData: keepPreviousData,
  });
  const datasets = useQuery(trpc.datasets.list.queryOptions());

  function go(href: string): void {
    onDone();
    router.push(href);
  }
  const item = (value: string, href: string, icon: ReactNode, text: ReactNode): ReactNode => (
    <Command.Item key={value} value={value} onSelect={() => go(href)} className={itemLook}>
      {icon}
      {text}
    </Command.Item>
  );

  return (
    <>
      <div className="flex items-center gap-2 border-b border-line px-3.5">
        <Search aria-hidden className="size-4 text-ink-3" />
        <Command.Input
          value={search}
          onValueChange={setSearch}
          placeholder="Search runs, datasets, places"
          className="h-12 w-full bg-transparent text-sm outline-none placeholder:text-ink-3"
        />
      </div>
      <Command.List className="max-h-[50dvh] overflow-auto p-1.5">
        <Command.Empty className="px-2.5 py-6 text-center text-sm text-ink-3">
          Nothing of that name.
        </Command.Empty>
        <Command.Group heading="Go to" className={headingLook}>
          {item("new run launch", "/runs/new", <Plus aria-hidden />, "New run")}
          {PLACES.map(({ href, label, icon: Icon }) =>
            item(`place ${label}`, href, <Icon aria-hidden />, label),
          )}
        </Command.Group>
        <Command.Group heading="Runs" className={headingLook}>
          {runs.data?.rows.map((run) =>
            item(
              `run ${run.name} ${run.title ?? ""} ${run.id}`,
              `/runs/${run.id}`,
              <FlaskConical aria-hidden />,
              <span className="truncate">{run.title ?? run.name}</span>,
            ),
          )}
        </Command.Group>
        <Command.Group heading="Datasets" className={headingLook}>
          {datasets.data?.map(({ name, hash }) =>
            item(`dataset ${name}`, `/datasets/${hash}`, null, name),
          )}
        </Command.Group>
      </Command.List>
    </>
  );
}
