"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Confirm } from "@seedmask/ui/primitives/confirm";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";

/** Takes a worker, or a token nobody used yet, out of the team. */
export function Unpair({ id, name }: { readonly id: string; readonly name: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const unpair = useMutation(
    trpc.workers.unpair.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.workers.pathKey() }),
    }),
  );
  return (
    <Confirm
      trigger={<Button size="small">Unpair</Button>}
      title={`Unpair ${name}?`}
      description="Its token and its access to the database end at once. A stage it computes goes to another worker and resumes from its checkpoint."
      action="Unpair"
      danger
      onConfirm={() => unpair.mutateAsync({ id }).then(() => undefined)}
    />
  );
}
