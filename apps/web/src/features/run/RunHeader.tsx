"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Breadcrumb } from "@seedmask/ui/primitives/breadcrumb";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { Status } from "@seedmask/ui/primitives/status";
import { formatDuration } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Link } from "#lib/link.tsx";
import type { ReactNode } from "react";
import { Age, Elapsed } from "#features/runs/Age.tsx";
import { isOver, statusDetail } from "#features/runs/run-status.ts";
import { ProvenanceChip } from "./ProvenanceChip.tsx";
import { provenanceOf } from "./provenance.ts";
import { RunActions } from "./RunActions.tsx";
import { headline, originOf, type Run } from "./use-run.ts";

const stagesDone = ({ stages }: Run): number =>
  stages.filter(({ status }) => status === "succeeded" || status === "cached").length;

function detailOf(run: Run): string | undefined {
  if (run.status === "queued" && run.queuePosition !== null) return `#${run.queuePosition}`;
  const progress = run.stages.find(({ status }) => status === "running")?.progress ?? null;
  return statusDetail({
    status: run.status,
    stagesDone: stagesDone(run),
    stagesTotal: run.stages.length,
    progress,
  });
}

export function RunHeader({ run }: { readonly run: Run }) {
  const best = headline(run);
  const origin = originOf(run);
  const running = run.stages.find(({ status }) => status === "running");
  const eta = running?.progress?.etaSeconds ?? null;
  return (
    <header className="mb-4 grid grid-cols-1 gap-3">
      <Breadcrumb
        items={[
          { key: "runs", node: <Link href="/runs">Runs</Link> },
          { key: "run", node: <span className="font-mono text-xs">{run.id}</span> },
        ]}
      />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="flex flex-wrap items-center gap-2 text-xl font-semibold tracking-tight">
            <span className="min-w-0 break-words">{run.title ?? run.name}</span>
            <CopyButton value={run.id} label="Copy run id" />
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-3">
            {run.title ? <span>{run.name}</span> : null}
            <span>{run.recipe ? `${run.recipe.name} v${run.recipe.version}` : "own config"}</span>
            <Link
              href={`/datasets/${run.dataset.hash}`}
              className="hover:text-accent hover:underline"
            >
              {run.dataset.name} v{run.dataset.version}
            </Link>
            <span>seed {run.seed}</span>
            {origin ? <Badge tone="violet">{origin}</Badge> : null}
            <span>{run.owner?.name ?? "started by the system"}</span>
            <Age at={run.createdAt} />
            {run.tags.map((tag) => (
              <Badge key={tag} tone="outline">
                {tag}
              </Badge>
            ))}
          </p>
        </div>
        <RunActions run={run} />
      </div>
      <dl className="flex flex-wrap items-center gap-x-8 gap-y-3">
        <div>
          <dt className="sr-only">Status</dt>
          <dd>
            <Status status={run.status} detail={detailOf(run)} />
          </dd>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <dt className="text-sm text-ink-3">mIoU</dt>
          <dd className="flex items-center gap-2">
            <IouFigure
              value={best?.meanIou ?? (isOver(run.status) ? null : "not-yet")}
              className="text-xl font-semibold"
            />
            {best ? <ProvenanceChip provenance={provenanceOf(best, run)} /> : null}
          </dd>
        </div>
        <Fact name="Duration">
          <Elapsed from={run.startedAt} to={run.finishedAt} seconds={run.duration} />
        </Fact>
        {eta === null ? null : <Fact name="Left in this stage">{formatDuration(eta)}</Fact>}
      </dl>
      {run.error && isOver(run.status) ? (
        <Failed title={run.error.message.split("\n")[0] ?? "The run failed"} errorId={run.id}>
          {run.error.stage ? `In ${run.error.stage}. ` : null}
          <Link href={`/runs/${run.id}/logs`} className="text-accent underline">
            Read the log
          </Link>
        </Failed>
      ) : null}
      {run.status === "lost" && !run.error ? (
        <Failed title="The worker fell silent">
          Retry goes on at the last checkpoint of the stage that ran.
        </Failed>
      ) : null}
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd className="text-sm font-medium tabular-nums">{children}</dd>
    </div>
  );
}
