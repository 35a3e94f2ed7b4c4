import { Card } from "@seedmask/ui/primitives/card";
import { Sparkline } from "@seedmask/ui/charts/sparkline";
import { formatBytes, formatPercent } from "@seedmask/ui/format";
import type { ReactNode } from "react";
import type { RouterOutputs } from "#trpc/types.ts";

type Worker = RouterOutputs["workers"]["get"];

function Figure({
  name,
  now,
  children,
}: {
  readonly name: string;
  readonly now: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid gap-1">
      <p className="flex justify-between gap-3 text-sm">
        <span className="text-ink-3">{name}</span>
        <span className="font-medium tabular-nums">{now}</span>
      </p>
      {children}
    </div>
  );
}

/** CPU, memory and disk as they were over the last hours. */
export function WorkerLoad({ worker }: { readonly worker: Worker }) {
  const { samples, memoryBytes, diskBytes } = worker;
  const first = samples[0]?.at;
  const minutes =
    first === undefined ? 0 : Math.round((worker.lastBeatAt.getTime() - first.getTime()) / 60_000);
  const busy = samples.filter((sample) => sample.busy).length / Math.max(1, samples.length);
  return (
    <Card
      title="Load"
      description={
        samples.length === 0
          ? "The first figures come with its first beat"
          : `Last ${minutes} min, computing ${formatPercent(busy)} of them`
      }
    >
      <div className="grid gap-6 sm:grid-cols-3">
        <Figure name="CPU" now={formatPercent(worker.cpuShare)}>
          <Sparkline
            label="CPU"
            range={[0, 1]}
            format={(value) => formatPercent(value)}
            values={samples.map(({ cpuShare }) => cpuShare)}
          />
        </Figure>
        <Figure name="Memory of the worker" now={formatBytes(worker.memoryUsedBytes)}>
          <Sparkline
            label="Memory"
            range={[0, memoryBytes]}
            format={(value) => formatBytes(value)}
            values={samples.map(({ memoryUsedBytes }) => memoryUsedBytes)}
          />
        </Figure>
        <Figure name="Disk free" now={formatBytes(worker.diskFreeBytes)}>
          <Sparkline
            label="Disk free"
            range={[0, diskBytes ?? Math.max(1, worker.diskFreeBytes ?? 1)]}
            format={(value) => formatBytes(value)}
            values={samples.map(({ diskFreeBytes }) => diskFreeBytes)}
          />
        </Figure>
      </div>
    </Card>
  );
}
