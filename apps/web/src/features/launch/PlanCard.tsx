"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
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
import { formatBytes, formatDuration } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { Link } from "#lib/link.tsx";
import { summaryOf } from "./plan-summary.ts";
import type { RunPlan, usePlan } from "./use-plan.ts";

type PlannedStage = RunPlan["stages"][number];

function TimeCell({ stage }: { readonly stage: PlannedStage }) {
  if (stage.reuse !== null) return <>{formatDuration(0)}</>;
  if (stage.seconds === null) return <span className="text-ink-3">no measurement yet</span>;
  const times = stage.executions === 1 ? "one execution" : `${stage.executions} executions`;
  return <span title={`Median of ${times} of like work`}>{formatDuration(stage.seconds)}</span>;
}

function MemoryCell({ stage }: { readonly stage: PlannedStage }) {
  if (stage.reuse !== null) return null;
  return stage.peakMemoryBytes === null ? (
    <span title="Estimate; nothing like it was measured here yet">
      ~ {formatBytes(stage.memoryBytes)}
    </span>
  ) : (
    <span title="Highest seen in like work, the process included">
      {formatBytes(stage.peakMemoryBytes)}
    </span>
  );
}

interface PlanCardProps {
  readonly answer: ReturnType<typeof usePlan>;
  readonly repeats: number;
}

/** Time and memory before the start, from what earlier stages took, and what need not run again. */
export function PlanCard({ answer: { plan, current }, repeats }: PlanCardProps) {
  if (plan.isError) {
    return <Failed title="No estimate could be made">{plan.error.message}</Failed>;
  }
  if (!plan.data) return <Loading label="Estimating" shape="rows" count={3} />;
  const { stages, refusal } = plan.data;
  return (
    <Card title="What it will take" description={summaryOf(plan.data, repeats)}>
      <div aria-busy={!current || undefined} className="grid gap-3">
        {refusal === null ? null : <Failed title="It cannot run here">{refusal}</Failed>}
        <Table label="Estimate by stage">
          <TableHead>
            <tr>
              <TableHeader>Stage</TableHeader>
              <TableHeader>Before</TableHeader>
              <TableHeader align="right">Time</TableHeader>
              <TableHeader align="right">Memory</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {stages.map((stage) => (
              <TableRow key={stage.stage}>
                <TableCell className="whitespace-nowrap">{STAGE_TITLES[stage.stage]}</TableCell>
                <TableCell>
                  {stage.reuse === null ? (
                    <span className="text-ink-3">will run</span>
                  ) : (
                    <span className="flex flex-wrap items-center gap-x-2">
                      <Status status="cached" />
                      <Link
                        href={`/runs/${stage.reuse.id}`}
                        className="inline-flex min-h-6 items-center text-ink-2 hover:text-accent hover:underline"
                      >
                        {stage.reuse.name}
                      </Link>
                    </span>
                  )}
                </TableCell>
                <TableCell align="right" className="whitespace-nowrap tabular-nums">
                  <TimeCell stage={stage} />
                </TableCell>
                <TableCell align="right" className="whitespace-nowrap tabular-nums">
                  <MemoryCell stage={stage} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}
