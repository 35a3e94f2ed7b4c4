"use client";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { Confirm } from "@seedmask/ui/primitives/confirm";
import { useMutation } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RunRow } from "./columns.tsx";
import { isOver } from "./run-status.ts";

interface SelectionBarProps {
  readonly runs: readonly RunRow[];
  readonly onClear: () => void;
}

/** What can be done with the selected runs, and to how many of them each action applies. */
export function SelectionBar({ runs, onClear }: SelectionBarProps) {
  const trpc = useTRPC();
  const cancel = useMutation(trpc.runs.cancel.mutationOptions());
  const retry = useMutation(trpc.runs.retry.mutationOptions());
  const remove = useMutation(trpc.runs.remove.mutationOptions());
  const alive = runs.filter(({ status }) => !isOver(status));
  const stopped = runs.filter(({ status }) => isOver(status) && status !== "succeeded");
  const over = runs.filter(({ status }) => isOver(status));

  async function each(
    chosen: readonly RunRow[],
    act: (input: { runId: string }) => Promise<unknown>,
    done: string,
  ): Promise<void> {
    const outcomes = await Promise.allSettled(chosen.map(({ id }) => act({ runId: id })));
    const failed = outcomes.filter((outcome) => outcome.status === "rejected");
    if (failed.length > 0)
      toast.error(`${failed.length} of ${chosen.length}: ${failed[0]!.reason}`);
    else toast.success(`${done}: ${chosen.length}`);
    onClear();
  }

  return (
    <section
      aria-label="Selected runs"
      className="fixed inset-x-4 bottom-4 z-20 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line bg-raised px-3 py-2 shadow-raised max-md:bottom-18"
    >
      <span className="px-1 text-sm tabular-nums">{runs.length} selected</span>
      <Link
        href={`/compare?runs=${runs.map(({ id }) => id).join(",")}`}
        className={buttonStyle({ variant: "secondary", size: "small" })}
      >
        Compare {runs.length}
      </Link>
      <Button
        size="small"
        disabled={alive.length === 0}
        onClick={() => void each(alive, cancel.mutateAsync, "Cancelling")}
      >
        Cancel {alive.length}
      </Button>
      <Button
        size="small"
        disabled={stopped.length === 0}
        onClick={() => void each(stopped, retry.mutateAsync, "Queued again")}
      >
        Retry {stopped.length}
      </Button>
      <Confirm
        trigger={
          <Button size="small" disabled={over.length === 0}>
            Delete {over.length}
          </Button>
        }
        title={`Delete ${over.length} ${over.length === 1 ? "run" : "runs"}?`}
        description="Their rows, curves and logs go. Artefacts other runs share stay."
        action="Delete"
        danger
        onConfirm={() => each(over, remove.mutateAsync, "Deleted")}
      />
      <Button size="small" variant="quiet" onClick={onClear}>
        Clear
      </Button>
    </section>
  );
}
