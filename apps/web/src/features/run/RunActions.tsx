"use client";
import { isModelKind } from "@seedmask/core/contract";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { Confirm } from "@seedmask/ui/primitives/confirm";
import { Menu } from "@seedmask/ui/primitives/menu";
import { useMutation } from "@tanstack/react-query";
import { Ban, Copy, MoreHorizontal, Pencil, RotateCw, ScanSearch, Trash2 } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct, mayChangeRun } from "#features/shell/account.ts";
import { ExportMenu } from "#features/exports/ExportMenu.tsx";
import { isOver } from "#features/runs/run-status.ts";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { RenameDialog } from "./RenameDialog.tsx";
import type { Run } from "./use-run.ts";

/** Whether a network is there that can look at an image. */
const hasModel = ({ stages }: Run): boolean =>
  stages.some(({ outputs }) => outputs.some(({ kind }) => isModelKind(kind)));

export function RunActions({ run }: { readonly run: Run }) {
  const trpc = useTRPC();
  const router = useRouter();
  const account = useAccount();
  const [asks, setAsks] = useState<"rename" | "remove" | null>(null);
  const onError = (error: { message: string }): void => void toast.error(error.message);
  const cancel = useMutation(trpc.runs.cancel.mutationOptions({ onError }));
  const retry = useMutation(trpc.runs.retry.mutationOptions({ onError }));
  const remove = useMutation(trpc.runs.remove.mutationOptions());
  const may = mayChangeRun(account, run.owner);
  const over = isOver(run.status);

  return (
    <div className="flex flex-wrap items-center gap-2">
      {may && !over ? (
        <Button
          icon={<Ban aria-hidden />}
          busy={cancel.isPending || run.status === "cancelling"}
          onClick={() => cancel.mutate({ runId: run.id })}
        >
          {run.status === "cancelling" ? "Cancelling" : "Cancel"}
        </Button>
      ) : null}
      {may && over && run.status !== "succeeded" ? (
        <Button
          variant="primary"
          icon={<RotateCw aria-hidden />}
          busy={retry.isPending}
          onClick={() => retry.mutate({ runId: run.id })}
        >
          {run.status === "lost" ? "Resume" : "Retry"}
        </Button>
      ) : null}
      {mayAct(account, "member") ? (
        <Link
          href={`/runs/new?from=${run.id}`}
          className={buttonStyle({ variant: "secondary", size: "medium" })}
        >
          <Copy aria-hidden />
          Duplicate
        </Link>
      ) : null}
      {hasModel(run) ? (
        <Link
          href={`/playground?model=${run.id}`}
          className={buttonStyle({ variant: "secondary", size: "medium" })}
        >
          <ScanSearch aria-hidden />
          Try it
        </Link>
      ) : null}
      <ExportMenu run={run} />
      {may ? (
        <Menu
          label="More actions"
          trigger={
            <Button size="icon" aria-label="More actions">
              <MoreHorizontal aria-hidden />
            </Button>
          }
          items={[
            { label: "Rename", icon: <Pencil aria-hidden />, onSelect: () => setAsks("rename") },
            {
              label: "Delete",
              icon: <Trash2 aria-hidden />,
              danger: true,
              disabled: !over,
              onSelect: () => setAsks("remove"),
            },
          ]}
        />
      ) : null}
      <RenameDialog
        key={run.title ?? ""}
        run={run}
        open={asks === "rename"}
        onOpenChange={(open) => setAsks(open ? "rename" : null)}
      />
      <Confirm
        open={asks === "remove"}
        onOpenChange={(open) => setAsks(open ? "remove" : null)}
        title={`Delete ${run.name}?`}
        description="Its row, curves and log go. Artefacts other runs share stay."
        action="Delete run"
        danger
        onConfirm={async () => {
          await remove.mutateAsync({ runId: run.id });
          router.push("/runs");
        }}
      />
    </div>
  );
}
