"use client";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { IouFigure } from "@seedmask/ui/primitives/figure";
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
import { Plus } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { Age } from "#features/runs/Age.tsx";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { SWEEP_STATUS } from "./sweep-status.ts";

const NewSweep = () => (
  <Link href="/sweeps/new" className={buttonStyle({ variant: "primary", size: "medium" })}>
    <Plus aria-hidden />
    New sweep
  </Link>
);

export function SweepListScreen() {
  const trpc = useTRPC();
  const sweeps = useQuery(trpc.sweeps.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Sweeps"
        description="Runs that differ in a few fields and share every stage they can."
        actions={<NewSweep />}
      />
      {sweeps.isPending ? <Loading label="Loading sweeps" shape="rows" count={5} /> : null}
      {sweeps.isError ? (
        <Failed title="The sweeps could not be read" onRetry={() => void sweeps.refetch()}>
          {sweeps.error.message}
        </Failed>
      ) : null}
      {sweeps.data?.length === 0 ? (
        <Empty title="No sweep yet" action={<NewSweep />}>
          Vary a threshold, a backbone or any other field, here or from a terminal:{" "}
          <code className="font-mono text-xs">
            npx seedmask sweep --recipe demo-tiny --dataset shapes --vary
            seeds.background.threshold=0.2,0.3,0.4
          </code>
        </Empty>
      ) : null}
      {sweeps.data && sweeps.data.length > 0 ? (
        <Table label="Sweeps">
          <TableHead>
            <tr>
              <TableHeader>Status</TableHeader>
              <TableHeader>Sweep</TableHeader>
              <TableHeader>Varies</TableHeader>
              <TableHeader align="right">Runs</TableHeader>
              <TableHeader align="right">Best mIoU</TableHeader>
              <TableHeader>Dataset</TableHeader>
              <TableHeader>By</TableHeader>
              <TableHeader align="right">Age</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {sweeps.data.map((sweep) => (
              <TableRow key={sweep.id}>
                <TableCell>
                  <Status status={SWEEP_STATUS[sweep.status]} />
                </TableCell>
                <TableCell className="min-w-40">
                  <Link
                    href={`/sweeps/${sweep.id}`}
                    className="font-medium hover:text-accent hover:underline"
                  >
                    {sweep.title}
                  </Link>
                </TableCell>
                <TableCell className="font-mono text-xs">
                  {sweep.plan.space.map(({ path }) => path.split(".").at(-1)).join(", ")}
                </TableCell>
                <TableCell align="right" className="whitespace-nowrap">
                  {sweep.done} of {sweep.points}
                </TableCell>
                <TableCell align="right">
                  <IouFigure
                    value={sweep.best ?? (sweep.status === "running" ? "not-yet" : null)}
                    className="font-medium"
                  />
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  {sweep.datasetName} <span className="text-ink-3">v{sweep.datasetVersion}</span>
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  {sweep.ownerName ?? "the system"}
                </TableCell>
                <TableCell align="right" className="whitespace-nowrap">
                  <Age at={sweep.createdAt} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </>
  );
}
