"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { Progress } from "@seedmask/ui/primitives/progress";
import { Status } from "@seedmask/ui/primitives/status";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
} from "@seedmask/ui/format";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { Elapsed } from "#features/runs/Age.tsx";
import { isOver } from "#features/runs/run-status.ts";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayChangeRun } from "#features/shell/account.ts";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { ProvenanceDot } from "./ProvenanceChip.tsx";
import { provenanceOf } from "./provenance.ts";
import { type Evaluation, headlineEvaluations, type Run, type Stage } from "./use-run.ts";

function StageProgress({ stage }: { readonly stage: Stage }) {
  const { progress } = stage;
  if (stage.status !== "running" || !progress) return null;
  const { done, total, unit, throughput, etaSeconds } = progress;
  return (
    <div className="grid min-w-40 gap-1">
      <Progress value={done / total} label={`${STAGE_TITLES[stage.stage]}, ${done} of ${total}`} />
      <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums">
        {formatCount(done)} of {formatCount(total)} {unit}s
        {throughput === null ? null : ` · ${formatNumber(throughput)}/s`}
        {etaSeconds === null ? null : ` · ${formatDuration(etaSeconds)} left`}
      </span>
    </div>
  );
}

/** The number of a stage, with the split it is of. */
function StageScore({
  run,
  evaluation,
}: {
  readonly run: Run;
  readonly evaluation?: Evaluation | undefined;
}) {
  if (!evaluation) return null;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <span className="text-xs text-ink-3">{evaluation.split}</span>
      <IouFigure value={evaluation.meanIou} />
      <ProvenanceDot provenance={provenanceOf(evaluation, run)} />
    </span>
  );
}

/** Stages in order: what each took and what it made of the masks. */
export function StageList({ run }: { readonly run: Run }) {
  const trpc = useTRPC();
  const account = useAccount();
  const again = useMutation(
    trpc.runs.retryStage.mutationOptions({ onError: (error) => void toast.error(error.message) }),
  );
  const mayRetry = isOver(run.status) && mayChangeRun(account, run.owner);
  const scores = new Map(
    headlineEvaluations(run).map((evaluation) => [evaluation.stage as string, evaluation]),
  );
  return (
    <Table label="Stages">
      <TableHead>
        <tr>
          <TableHeader>Stage</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader align="right">Time</TableHeader>
          <TableHeader align="right">Peak memory</TableHeader>
          <TableHeader align="right">mIoU</TableHeader>
          <TableHeader>Result</TableHeader>
          {mayRetry ? <TableHeader align="right">Again</TableHeader> : null}
        </tr>
      </TableHead>
      <TableBody>
        {run.stages.map((stage) => (
          <TableRow key={stage.stage}>
            <TableCell className="font-medium whitespace-nowrap">
              {STAGE_TITLES[stage.stage]}
              {stage.attempt > 1 ? (
                <span className="ml-2 text-xs font-normal text-ink-3">attempt {stage.attempt}</span>
              ) : null}
            </TableCell>
            <TableCell>
              <Status
                status={stage.cached ? "cached" : stage.status}
                detail={
                  stage.status === "running" && stage.progress
                    ? formatPercent(stage.progress.done / stage.progress.total)
                    : undefined
                }
              />
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap">
              <Elapsed from={stage.startedAt} to={stage.finishedAt} seconds={stage.seconds} />
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap">
              {formatBytes(stage.peakMemoryBytes ?? "not-yet")}
            </TableCell>
            <TableCell align="right">
              <StageScore run={run} evaluation={scores.get(stage.stage)} />
            </TableCell>
            <TableCell className="py-1.5">
              <StageProgress stage={stage} />
              <span className="text-xs text-ink-2">
                {Object.entries(stage.metrics)
                  .map(([name, value]) => `${name} ${formatNumber(value)}`)
                  .join(" · ")}
              </span>
              {stage.error ? <span className="text-xs text-red">{stage.error.message}</span> : null}
            </TableCell>
            {mayRetry ? (
              <TableCell align="right">
                <Button
                  size="icon-small"
                  variant="quiet"
                  aria-label={`Run ${STAGE_TITLES[stage.stage]} and all after it again`}
                  title="This stage and all after it"
                  onClick={() => again.mutate({ runId: run.id, stage: stage.stage })}
                >
                  <RotateCw aria-hidden />
                </Button>
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
