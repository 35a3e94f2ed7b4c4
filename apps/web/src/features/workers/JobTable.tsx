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
import { cx } from "@seedmask/ui/cx";
import { Link } from "#lib/link.tsx";
import { useState } from "react";
import { Age } from "#features/runs/Age.tsx";
import { MoveHandle } from "./MoveHandle.tsx";
import { type Job, useJobOrder } from "./use-job-order.ts";

interface JobTableProps {
  readonly jobs: readonly Job[];
  readonly mayOrder: boolean;
}

const plural = (count: number, word: string): string => `${count} ${word}`;

/** What runs, and what waits in the order of its turns; those who may give it another order. */
export function JobTable({ jobs, mayOrder }: JobTableProps) {
  const waiting = jobs.filter(({ position }) => position !== null);
  const running = jobs.length - waiting.length;
  const retried = waiting.filter(({ state }) => state === "retry").length;
  const { moveTo, busy } = useJobOrder(waiting);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const orderable = mayOrder && waiting.length > 1;
  if (jobs.length === 0) {
    return (
      <Card title="Queue">
        <p className="text-sm text-ink-3">Nothing runs or waits.</p>
      </Card>
    );
  }
  const dropOn = (target: string): void => {
    if (dragged !== null) {
      moveTo(
        dragged,
        waiting.findIndex(({ id }) => id === target),
      );
    }
    setDragged(null);
    setOver(null);
  };
  return (
    <section aria-label="Queue" aria-busy={busy}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-sm font-semibold">Queue</h2>
        <p className="text-xs text-ink-3 tabular-nums">
          {plural(running, "running")} · {plural(waiting.length - retried, "waiting")}
          {retried > 0 ? ` · ${plural(retried, "to be tried again")}` : ""}
        </p>
      </div>
      <Table label="Queue">
        <TableHead>
          <tr>
            <TableHeader align="right">#</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader>Run</TableHeader>
            <TableHeader>Stage</TableHeader>
            <TableHeader align="right">Priority</TableHeader>
            <TableHeader align="right">Since</TableHeader>
            {orderable ? <TableHeader align="right">Order</TableHeader> : null}
          </tr>
        </TableHead>
        <TableBody>
          {jobs.map((job) => {
            const at = waiting.indexOf(job);
            return (
              <TableRow
                key={job.id}
                className={cx(over === job.id && dragged !== job.id && "bg-accent-soft")}
                onDragOver={(event) => {
                  if (dragged === null || at === -1) return;
                  event.preventDefault();
                  setOver(job.id);
                }}
                onDrop={() => dropOn(job.id)}
              >
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
                {orderable ? (
                  <TableCell align="right" className="w-24">
                    {at === -1 ? null : (
                      <MoveHandle
                        name={job.runName}
                        at={at}
                        count={waiting.length}
                        onMove={(to) => moveTo(job.id, to)}
                        onDrag={(begun) => {
                          setDragged(begun ? job.id : null);
                          if (!begun) setOver(null);
                        }}
                      />
                    )}
                  </TableCell>
                ) : null}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </section>
  );
}
