"use client";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { Notice } from "@seedmask/ui/primitives/notice";
import { useQuery } from "@tanstack/react-query";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { JobTable } from "./JobTable.tsx";
import { Pairings } from "./Pairings.tsx";
import { PairWorker } from "./PairWorker.tsx";
import { WorkerCard } from "./WorkerCard.tsx";

const REFRESH_MS = 5_000;

/** Who computes, and what waits for them. */
export function QueueScreen() {
  const trpc = useTRPC();
  const account = useAccount();
  const workers = useQuery({ ...trpc.workers.list.queryOptions(), refetchInterval: REFRESH_MS });
  const jobs = useQuery({ ...trpc.workers.jobs.queryOptions(), refetchInterval: REFRESH_MS });
  if (workers.isPending || jobs.isPending) {
    return <Loading label="Loading the queue" shape="rows" count={6} />;
  }
  if (workers.data === undefined || jobs.data === undefined) {
    return (
      <Failed
        title="The queue could not be read"
        onRetry={() => void Promise.all([workers.refetch(), jobs.refetch()])}
      >
        {(workers.error ?? jobs.error)?.message}
      </Failed>
    );
  }
  const isAdmin = mayAct(account, "admin");
  const unattended = workers.data.every(({ alive }) => !alive);
  const waiting = jobs.data.filter(({ position }) => position !== null).length;
  return (
    <>
      <PageHeader title="Queue & workers" actions={isAdmin ? <PairWorker /> : null} />
      <div className="grid grid-cols-1 gap-5">
        {workers.isError || jobs.isError ? (
          <Notice tone="warning" title="This page is not up to date">
            The dashboard does not answer at the moment; what you see is from before.
          </Notice>
        ) : null}
        {unattended ? (
          <Notice tone={waiting > 0 ? "error" : "warning"} title="No worker is there">
            {waiting === 0 ? "Nothing waits for one. " : `${jobsWait(waiting)}. `}
            Start one on this machine with{" "}
            <code className="font-mono text-xs">npx seedmask worker</code>
            {isAdmin ? ", or pair one." : "."}
          </Notice>
        ) : null}
        {workers.data.length === 0 ? (
          <Empty title="No worker has been here lately">
            A worker takes up runs, imports and webhooks, on this machine or another.
          </Empty>
        ) : (
          <section aria-label="Workers" className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
            {workers.data.map((worker) => (
              <WorkerCard key={worker.id} worker={worker} />
            ))}
          </section>
        )}
        <JobTable jobs={jobs.data} mayOrder={mayAct(account, "maintainer")} />
        {isAdmin ? <Pairings /> : null}
      </div>
    </>
  );
}

const jobsWait = (count: number): string => (count === 1 ? "1 run waits" : `${count} runs wait`);
