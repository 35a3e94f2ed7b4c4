"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { Status } from "@seedmask/ui/primitives/status";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Age } from "#features/runs/Age.tsx";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { WorkerCard } from "./WorkerCard.tsx";

const REFRESH_MS = 5_000;
type Job = RouterOutputs["workers"]["jobs"][number];

/** Who computes, and what waits for them. */
export function QueueScreen() {
  const trpc = useTRPC();
  const workers = useQuery({ ...trpc.workers.list.queryOptions(), refetchInterval: REFRESH_MS });
  const jobs = useQuery({ ...trpc.workers.jobs.queryOptions(), refetchInterval: REFRESH_MS });
  if (workers.isPending || jobs.isPending) {
    return <Loading label="Loading the queue" shape="rows" count={6} />;
  }
  if (workers.isError || jobs.isError) {
    return (
      <Failed title="The queue could not be read">{(workers.error ?? jobs.error)?.message}</Failed>
    );
  }
  return (
    <>
      <PageHeader title="Queue & workers" />
      <div className="grid grid-cols-1 gap-5">
        {workers.data.length === 0 ? (
          <Empty title="No worker has ever been here">
            Start one on this machine with{" "}
            <code className="font-mono text-xs">npx seedmask worker</code>.
          </Empty>
        ) : (
          <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
            {workers.data.map((worker) => (
              <WorkerCard key={worker.id} worker={worker} />
            ))}
          </div>
        )}
        <JobTable jobs={jobs.data} />
      </div>
    </>
  );
}

function JobTable({ jobs }: { readonly jobs: readonly Job[] }) {
  if (jobs.length === 0) {
    return (
      <Card title="Queue">
        <p className="text-sm text-ink-3">Nothing waits.</p>
      </Card>
    );
  }
  return (
    <section aria-label="Queue">
      <h2 className="mb-2 text-sm font-semibold">Queue</h2>
      <Table label="Queue">
        <TableHead>
          <tr>
            <TableHeader align="right">#</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader>Run</TableHeader>
            <TableHeader>Stage</TableHeader>
            <TableHeader align="right">Priority</TableHeader>
            <TableHeader align="right">Since</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {jobs.map((job) => (
            <TableRow key={job.id}>
              <TableCell align="right" className="w-10">
                {job.position ?? "—"}
              </TableCell>
              <TableCell>
                {job.state === "retry" ? (
                  <Badge tone="amber">will be tried again</Badge>
                ) : (
                  <Status status={job.state === "active" ? "running" : "queued"} />
                )}
              </TableCell>
              <TableCell>
                <Link href={`/runs/${job.runId}`} className="font-medium hover:underline">
                  {job.runName}
                </Link>
              </TableCell>
              <TableCell className="whitespace-nowrap">{STAGE_TITLES[job.stage]}</TableCell>
              <TableCell align="right">{job.priority}</TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                <Age at={job.startedAt ?? job.createdAt} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
