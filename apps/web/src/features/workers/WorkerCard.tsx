"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { Progress } from "@seedmask/ui/primitives/progress";
import { formatBytes, formatPercent } from "@seedmask/ui/format";
import { Link } from "#lib/link.tsx";
import { TriangleAlert } from "lucide-react";
import { Age } from "#features/runs/Age.tsx";
import { Fact, Facts } from "./Facts.tsx";
import { nameOf, stateOf, warningsOf, type Worker } from "./worker-state.ts";

/** One process that computes: what it is, what it does, when it last spoke. */
export function WorkerCard({ worker }: { readonly worker: Worker }) {
  const { backend, memoryBytes, memoryUsedBytes } = worker;
  const name = nameOf(worker);
  const { tone, word } = stateOf(worker);
  return (
    <Card
      title={
        <Link href={`/workers/${worker.id}`} className="hover:underline">
          {name}
        </Link>
      }
      description={`${worker.hostname}, process ${worker.pid}`}
      actions={<Badge tone={tone}>{word}</Badge>}
    >
      <Facts>
        <Fact name="Does">
          {worker.runId && worker.stage ? (
            <Link href={`/runs/${worker.runId}`} className="text-accent hover:underline">
              {STAGE_TITLES[worker.stage]}
            </Link>
          ) : (
            "nothing"
          )}
        </Fact>
        <Fact name="Backend">
          {backend ? `${backend.backend}, ${backend.device}` : "known after its first stage"}
        </Fact>
        <Fact name="CPU">
          {formatPercent(worker.cpuShare)}
          {worker.cores === null ? "" : ` of ${worker.cores} cores`}
        </Fact>
        <Fact name="Memory">
          <span className="grid gap-1">
            {memoryUsedBytes === null ? "" : `${formatBytes(memoryUsedBytes)} of `}
            {formatBytes(memoryBytes)}
            {memoryUsedBytes === null ? null : (
              <Progress value={memoryUsedBytes / memoryBytes} label={`Memory of ${name}`} />
            )}
          </span>
        </Fact>
        <Fact name="Disk free">{formatBytes(worker.diskFreeBytes)}</Fact>
        <Fact name="Last beat">
          <Age at={worker.lastBeatAt} />
        </Fact>
      </Facts>
      {warningsOf(worker).map((warning) => (
        <p key={warning} className="mt-3 flex items-start gap-2 text-sm text-amber">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {warning}
        </p>
      ))}
    </Card>
  );
}
