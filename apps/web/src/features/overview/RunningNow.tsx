"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { Progress } from "@seedmask/ui/primitives/progress";
import { Status } from "@seedmask/ui/primitives/status";
import { Loading } from "@seedmask/ui/states/loading";
import { formatDuration } from "@seedmask/ui/format";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import type { RunRow } from "#features/runs/columns.tsx";
import { shareDone, statusDetail } from "#features/runs/run-status.ts";
import { useTRPC } from "#trpc/client.tsx";

const LIVE = ["running", "starting", "cancelling", "queued"] as const;

export function RunningNow() {
  const trpc = useTRPC();
  const list = useQuery(
    trpc.runs.list.queryOptions({ filter: { status: [...LIVE] }, limit: 8, withTotal: true }),
  );
  const rows = list.data?.rows ?? [];
  const total = list.data?.total ?? 0;
  return (
    <Card
      title="Running"
      description={total > rows.length ? `Showing ${rows.length} of ${total}` : undefined}
      flush
    >
      {list.isPending ? (
        <div className="border-t border-line p-4">
          <Loading label="Loading what runs" shape="lines" count={2} />
        </div>
      ) : rows.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-sm text-ink-3">Nothing runs or waits.</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {rows.map((run) => (
            <li key={run.id}>
              <RunningLine run={run} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function RunningLine({ run }: { readonly run: RunRow }) {
  const eta = run.status === "running" ? (run.progress?.etaSeconds ?? null) : null;
  return (
    <Link href={`/runs/${run.id}`} className="grid gap-2 px-4 py-3 text-sm hover:bg-sunken/60">
      <span className="flex items-center gap-3">
        <Status status={run.status} detail={statusDetail(run)} />
        <span className="min-w-0 flex-1 truncate font-medium">{run.title ?? run.name}</span>
      </span>
      {run.status === "running" ? (
        <>
          <Progress value={shareDone(run)} label={`${run.name}, whole run`} />
          <span className="flex justify-between gap-3 text-xs text-ink-3 tabular-nums">
            <span>
              {run.stage ? STAGE_TITLES[run.stage] : ""} · {run.stagesDone} of {run.stagesTotal}{" "}
              stages done
            </span>
            {eta === null ? null : <span>{formatDuration(eta)} left in this stage</span>}
          </span>
        </>
      ) : null}
    </Link>
  );
}
