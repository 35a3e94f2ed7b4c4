"use client";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { Confirm } from "@seedmask/ui/primitives/confirm";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, Pause, Play, Repeat } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct, mayChangeRun } from "#features/shell/account.ts";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { Sweep } from "./SweepScreen.tsx";

interface SweepActionsProps {
  readonly sweep: Sweep;
  /** Run that scored highest. */
  readonly best: string | null;
}

export function SweepActions({ sweep, best }: SweepActionsProps) {
  const trpc = useTRPC();
  const account = useAccount();
  const queries = useQueryClient();
  const options = {
    onSuccess: () => queries.invalidateQueries({ queryKey: trpc.sweeps.pathKey() }),
    onError: (error: { message: string }): void => void toast.error(error.message),
  };
  const pause = useMutation(trpc.sweeps.pause.mutationOptions(options));
  const resume = useMutation(trpc.sweeps.resume.mutationOptions(options));
  const cancel = useMutation(trpc.sweeps.cancel.mutationOptions(options));
  const owner = sweep.owner === null ? null : { id: sweep.owner };
  const may = mayChangeRun(account, owner);
  const open = sweep.status === "running" || sweep.status === "paused";
  const sweepId = sweep.id;
  return (
    <>
      {may && sweep.status === "running" ? (
        <Button
          icon={<Pause aria-hidden />}
          busy={pause.isPending}
          onClick={() => pause.mutate({ sweepId })}
        >
          Pause
        </Button>
      ) : null}
      {may && sweep.status === "paused" ? (
        <Button
          variant="primary"
          icon={<Play aria-hidden />}
          busy={resume.isPending}
          onClick={() => resume.mutate({ sweepId })}
        >
          Resume
        </Button>
      ) : null}
      {may && open ? (
        <Confirm
          trigger={
            <Button icon={<Ban aria-hidden />} busy={cancel.isPending}>
              Cancel sweep
            </Button>
          }
          title={`Cancel ${sweep.title}?`}
          description="Runs under way stop and no further one starts. What was computed stays."
          action="Cancel sweep"
          danger
          onConfirm={() => cancel.mutateAsync({ sweepId })}
        />
      ) : null}
      {best !== null && mayAct(account, "member") ? (
        <Link
          href={`/runs/new?from=${best}`}
          className={buttonStyle({ variant: open ? "secondary" : "primary", size: "medium" })}
        >
          <Repeat aria-hidden />
          Launch best again
        </Link>
      ) : null}
    </>
  );
}
