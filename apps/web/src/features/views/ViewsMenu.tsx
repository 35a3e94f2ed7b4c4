"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Popover } from "@seedmask/ui/primitives/popover";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Trash2 } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct, mayChangeRun } from "#features/shell/account.ts";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { shortAddress, VIEW_PARAMETER, viewQuery } from "./view-query.ts";
import { type ViewPage, useOpenView } from "./use-open-view.ts";

/** Views of a page: open one, keep this one, copy an address that stays short. */
export function ViewsMenu({ page }: { readonly page: ViewPage }) {
  const [open, setOpen] = useState(false);
  const current = useOpenView(page);
  return (
    <Popover
      label="Views"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-88"
      trigger={<Button icon={<Bookmark aria-hidden />}>{current?.name ?? "Views"}</Button>}
    >
      <div className="grid gap-4">
        <ViewList page={page} onDone={() => setOpen(false)} />
        <SaveView key={current?.id ?? ""} page={page} name={current?.name ?? ""} />
      </div>
    </Popover>
  );
}

interface ViewListProps {
  readonly page: ViewPage;
  readonly onDone: () => void;
}

function ViewList({ page, onDone }: ViewListProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = usePathname();
  const account = useAccount();
  const queries = useQueryClient();
  const views = useQuery(trpc.views.list.queryOptions({ page }));
  const remove = useMutation(
    trpc.views.remove.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.views.pathKey() }),
      onError: (error) => void toast.error(error.message),
    }),
  );
  if (views.isError) return <p className="text-sm text-danger">{views.error.message}</p>;
  if (!views.data) return <p className="text-sm text-ink-3">Loading views</p>;
  if (views.data.length === 0) {
    return <p className="text-sm text-ink-3">No view was saved yet. Name what you see now.</p>;
  }
  return (
    <ul aria-label="Saved views" className="grid gap-1">
      {views.data.map((view) => (
        <li key={view.id} className="flex items-center gap-1">
          <button
            type="button"
            className="min-h-8 min-w-0 flex-1 truncate rounded px-2 text-left hover:bg-sunken"
            onClick={() => {
              router.push(`${path}?${VIEW_PARAMETER}=${view.id}`);
              onDone();
            }}
          >
            {view.name}
            <span className="ml-2 text-xs text-ink-3">
              {view.owner === account.id
                ? view.shared
                  ? "yours, team sees it"
                  : "yours"
                : view.ownerName}
            </span>
          </button>
          <CopyButton
            value={shortAddress(window.location.origin, path, view.id)}
            label={`Copy the address of ${view.name}`}
          />
          {mayChangeRun(account, { id: view.owner }) || view.owner === account.id ? (
            <Button
              variant="quiet"
              size="icon-small"
              aria-label={`Remove ${view.name}`}
              onClick={() => remove.mutate({ id: view.id })}
            >
              <Trash2 aria-hidden />
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

interface SaveViewProps {
  readonly page: ViewPage;
  /** Of the view that is open: saving under it replaces it. */
  readonly name: string;
}

function SaveView({ page, name: opened }: SaveViewProps) {
  const trpc = useTRPC();
  const account = useAccount();
  const queries = useQueryClient();
  const params = useSearchParams();
  const [name, setName] = useState(opened);
  const [shared, setShared] = useState(false);
  const save = useMutation(
    trpc.views.save.mutationOptions({
      onSuccess: () => {
        toast.success(`View saved: ${name.trim()}`);
        return queries.invalidateQueries({ queryKey: trpc.views.pathKey() });
      },
    }),
  );
  return (
    <form
      className="grid gap-3 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ page, name: name.trim(), shared, query: viewQuery(params) });
      }}
    >
      <Field label="Save what is shown as" error={save.error?.message}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {mayAct(account, "member") ? (
        <Checkbox label="The team sees it" checked={shared} onCheckedChange={setShared} />
      ) : null}
      <Button type="submit" size="small" busy={save.isPending} disabled={name.trim() === ""}>
        Save view
      </Button>
    </form>
  );
}
