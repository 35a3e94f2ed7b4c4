"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { Progress } from "@seedmask/ui/primitives/progress";
import { formatBytes } from "@seedmask/ui/format";
import Link from "next/link";
import type { ReactNode } from "react";
import { Age } from "#features/runs/Age.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Worker = RouterOutputs["workers"]["list"][number];

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </>
  );
}

/** One process that computes: what it is, what it does, when it last spoke. */
export function WorkerCard({ worker }: { readonly worker: Worker }) {
  const { backend, memoryBytes, memoryUsedBytes } = worker;
  return (
    <Card
      title={worker.name}
      description={`${worker.hostname}, process ${worker.pid}`}
      actions={
        worker.alive ? (
          <Badge tone={worker.runId ? "blue" : "green"}>{worker.runId ? "busy" : "idle"}</Badge>
        ) : (
          <Badge tone="violet">lost contact</Badge>
        )
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        <Row name="Does">
          {worker.runId && worker.stage ? (
            <Link href={`/runs/${worker.runId}`} className="text-accent hover:underline">
              {STAGE_TITLES[worker.stage]}
            </Link>
          ) : (
            "nothing"
          )}
        </Row>
        <Row name="Backend">
          {backend ? `${backend.backend}, ${backend.device}` : "not known yet"}
        </Row>
        {backend ? <Row name="Probe">{backend.matMulGflops.toFixed(0)} GFLOP/s</Row> : null}
        <Row name="Memory">
          <span className="grid gap-1">
            {memoryUsedBytes === null ? "" : `${formatBytes(memoryUsedBytes)} of `}
            {formatBytes(memoryBytes)}
            {memoryUsedBytes === null ? null : (
              <Progress value={memoryUsedBytes / memoryBytes} label={`Memory of ${worker.name}`} />
            )}
          </span>
        </Row>
        <Row name="Disk free">{formatBytes(worker.diskFreeBytes)}</Row>
        <Row name="Last beat">
          <Age at={worker.lastBeatAt} />
        </Row>
        <Row name="Versions">
          {Object.entries(worker.versions)
            .map(([name, version]) => `${name} ${version}`)
            .join(", ")}
        </Row>
      </dl>
    </Card>
  );
}
