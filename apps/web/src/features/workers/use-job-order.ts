"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

export type Job = RouterOutputs["workers"]["jobs"][number];

/** Moves waiting jobs; the list is what the server says once it has moved them. */
export function useJobOrder(waiting: readonly Job[]) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const move = useMutation(
    trpc.workers.moveJob.mutationOptions({
      onError: (error) => void toast.error(error.message),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.workers.jobs.queryKey() }),
    }),
  );
  /** Puts the job at `to` among those that wait, 0 = next. */
  function moveTo(jobId: string, to: number): void {
    const from = waiting.findIndex(({ id }) => id === jobId);
    const target = Math.max(0, Math.min(waiting.length - 1, to));
    if (move.isPending || from === -1 || from === target) return;
    const rest = waiting.filter(({ id }) => id !== jobId);
    move.mutate({ jobId, before: rest[target]?.id ?? null });
  }
  return { moveTo, busy: move.isPending };
}

/** Where a key sends a job at `from`; null for keys that move nothing. */
export function keyTarget(key: string, from: number): number | null {
  if (key === "ArrowUp") return from - 1;
  if (key === "ArrowDown") return from + 1;
  if (key === "Home") return 0;
  if (key === "End") return Number.MAX_SAFE_INTEGER;
  return null;
}
