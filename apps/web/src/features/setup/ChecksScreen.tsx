"use client";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { formatBytes } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { PairWorker } from "#features/workers/PairWorker.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { CheckStep, Command } from "./CheckStep.tsx";

const REFRESH_MS = 3_000;
type Status = RouterOutputs["system"]["status"];

/** Steps 2 to 4 of the first start, each looked at again every few seconds until it is right. */
export function ChecksScreen() {
  const account = useAccount();
  if (!mayAct(account, "admin")) {
    return (
      <Failed title="Set-up is for admins">This needs the role admin; ask one of yours.</Failed>
    );
  }
  return <Checks admin={account.name} />;
}

function Checks({ admin }: { readonly admin: string }) {
  const trpc = useTRPC();
  const status = useQuery({
    ...trpc.system.status.queryOptions(),
    refetchInterval: REFRESH_MS,
  });
  const datasets = useQuery({
    ...trpc.datasets.list.queryOptions(),
    refetchInterval: REFRESH_MS,
  });
  if (status.isPending || datasets.isPending) {
    return <Loading label="Checking the installation" shape="rows" count={4} />;
  }
  if (status.data === undefined || datasets.data === undefined) {
    return (
      <Failed title="The installation could not be checked" onRetry={() => void status.refetch()}>
        {(status.error ?? datasets.error)?.message}
      </Failed>
    );
  }
  const [dataset] = datasets.data;
  return (
    <>
      <PageHeader
        title="Set-up"
        description="Each step is checked again every few seconds. What is not right yet can wait."
      />
      <ol className="grid max-w-3xl gap-3">
        <CheckStep number={1} title="Admin" ok detail={`${admin} is the admin of this team.`} />
        <StorageStep status={status.data} />
        <WorkerStep status={status.data} />
        <CheckStep
          number={4}
          title="Data to begin with"
          ok={dataset !== undefined}
          detail={
            dataset === undefined
              ? "There is no dataset yet. The built-in one comes with the start command; your own with an import."
              : `${dataset.name}: ${dataset.images} images of ${dataset.classes.length} classes.`
          }
        >
          <Command text="npm start" />
          <Link
            href="/datasets/import"
            className={buttonStyle({ variant: "secondary", size: "small" })}
          >
            Import a dataset
          </Link>
        </CheckStep>
      </ol>
      <Link
        href="/"
        className={buttonStyle({ variant: "primary", size: "medium", className: "mt-5" })}
      >
        Go to the dashboard
      </Link>
    </>
  );
}

function StorageStep({ status }: { readonly status: Status }) {
  const { storage, home } = status;
  const detail =
    storage.freeBytes === null
      ? `${home} cannot be written. Give it to the user that runs Seedmask, or choose another folder.`
      : storage.ok
        ? `${home}, ${formatBytes(storage.freeBytes)} free.`
        : `${home} has only ${formatBytes(storage.freeBytes)} left. Free some, or choose another folder.`;
  return (
    <CheckStep number={2} title="Storage folder" ok={storage.ok} detail={detail}>
      <Command text="SEEDMASK_HOME=/a/larger/disk npm start" />
    </CheckStep>
  );
}

function WorkerStep({ status }: { readonly status: Status }) {
  const { alive, outdated, ok } = status.workers;
  const detail =
    alive === 0
      ? "No worker is there. Start one on this machine, or pair one of another."
      : outdated > 0
        ? `${outdated} of ${alive} runs another version than the dashboard. Update and restart it.`
        : `${alive === 1 ? "1 worker is" : `${alive} workers are`} ready to compute.`;
  return (
    <CheckStep number={3} title="Worker" ok={ok} detail={detail}>
      <Command text="npx seedmask worker" />
      <PairWorker />
    </CheckStep>
  );
}
