"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Status } from "@seedmask/ui/primitives/status";
import { cx } from "@seedmask/ui/cx";
import { Link } from "#lib/link.tsx";
import { Elapsed } from "#features/runs/Age.tsx";
import type { TimeSpan } from "./pipeline-model.ts";
import type { Stage } from "./use-run.ts";

interface PipelineRowProps {
  readonly runId: string;
  readonly stage: Stage;
  /** When it ran within the run; null where it has not. */
  readonly span: TimeSpan | null;
  /** Run whose result it took over. */
  readonly maker: { readonly id: string; readonly name: string } | null;
  /** Titles of the stages it takes from. */
  readonly takes: readonly string[];
}

/** Narrowest bar, percent: a stage that was over at once is still seen. */
const LEAST = 0.6;

export function PipelineRow({ runId, stage, span, maker, takes }: PipelineRowProps) {
  return (
    <div className="grid w-full min-w-0 gap-1">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">
        <Link
          href={`/runs/${runId}/logs`}
          className="min-w-0 truncate text-sm font-medium hover:text-accent hover:underline"
        >
          {STAGE_TITLES[stage.stage]}
        </Link>
        <Status status={stage.cached ? "cached" : stage.status} />
        <span className="ml-auto text-xs whitespace-nowrap text-ink-2 tabular-nums">
          <Elapsed
            from={stage.startedAt}
            to={stage.finishedAt}
            seconds={stage.cached ? null : stage.seconds}
          />
        </span>
      </div>
      <div aria-hidden className="relative h-2 rounded bg-sunken">
        {span ? (
          <div
            className={cx(
              "absolute inset-y-0 rounded",
              stage.cached && "border border-dashed border-ink-3",
              !stage.cached && (stage.status === "failed" ? "bg-red" : "bg-accent"),
            )}
            style={{
              left: `${Math.min(span.start * 100, 100 - LEAST)}%`,
              width: `${Math.max(span.length * 100, LEAST)}%`,
            }}
          />
        ) : null}
      </div>
      <p className="truncate text-xs text-ink-3">
        {stage.error ? <span className="text-red">{stage.error.message} · </span> : null}
        {takes.length > 0 ? `takes from ${takes.join(", ")}` : "takes from the dataset"}
        {maker ? (
          <>
            {" · reused from "}
            <Link href={`/runs/${maker.id}`} className="text-ink-2 underline hover:text-accent">
              {maker.name}
            </Link>
          </>
        ) : null}
      </p>
    </div>
  );
}
