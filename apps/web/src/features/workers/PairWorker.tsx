"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { Dialog } from "@seedmask/ui/primitives/dialog";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "#trpc/client.tsx";

const commandOf = (token: string): string =>
  `npx seedmask worker --url ${window.location.origin} --token ${token}`;

/** Makes a pairing token and shows, once, the command that uses it. */
export function PairWorker() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const pair = useMutation(
    trpc.workers.pair.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.workers.pairings.queryKey() }),
    }),
  );
  const change = (next: boolean): void => {
    setOpen(next);
    if (next) return;
    pair.reset();
    setName("");
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={
        <Button variant="primary" icon={<Plus aria-hidden />}>
          Pair a worker
        </Button>
      }
      title="Pair a worker"
      description="For another process or machine. It has to see this data home (a shared folder) and reach the database."
    >
      {pair.data ? (
        <div className="grid gap-3 pb-3 text-sm" role="status">
          <p>
            Run this there. The token is not shown again and is good for its first use for a day.
          </p>
          <p className="flex items-start gap-2 rounded-md bg-accent-soft px-3 py-2">
            <code className="min-w-0 flex-1 font-mono text-xs break-all">
              {commandOf(pair.data.token)}
            </code>
            <CopyButton value={commandOf(pair.data.token)} label="Copy the command" />
          </p>
          <p className="text-ink-3">
            Add <code className="font-mono text-xs">--home FOLDER</code> where the data home is
            mounted at another path.
          </p>
        </div>
      ) : (
        <form
          className="grid gap-4 pb-3"
          onSubmit={(event) => {
            event.preventDefault();
            pair.mutate({ name: name.trim() });
          }}
        >
          <Field
            label="Name of the worker"
            help="How the team will know it, e.g. gpu-box"
            {...(pair.error && { error: pair.error.message })}
          >
            {(control) => (
              <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Button
            type="submit"
            variant="primary"
            className="justify-self-start"
            busy={pair.isPending}
            disabled={name.trim() === ""}
          >
            Make a token
          </Button>
        </form>
      )}
    </Dialog>
  );
}
