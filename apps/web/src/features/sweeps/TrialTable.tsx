"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
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
import { formatNumber } from "@seedmask/ui/format";
import { Link } from "#lib/link.tsx";
import { Elapsed } from "#features/runs/Age.tsx";
import { isOver } from "#features/runs/run-status.ts";
import type { Sweep } from "./SweepScreen.tsx";

type Setting = Sweep["trials"][number]["setting"];

const said = (value: Setting[string] | undefined): string =>
  typeof value === "number" ? formatNumber(value) : String(value ?? "none");

interface TrialTableProps {
  readonly sweep: Sweep;
  /** Point that scored highest. */
  readonly best: number | null;
}

/** Every point of the plan, launched or not, in the order they are visited. */
export function TrialTable({ sweep: { plan, trials }, best }: TrialTableProps) {
  return (
    <Table label="Points of the sweep">
      <TableHead>
        <tr>
          <TableHeader align="right">#</TableHeader>
          {plan.space.map(({ path }) => (
            <TableHeader key={path} align="right" title={path}>
              {path.split(".").at(-1)}
            </TableHeader>
          ))}
          <TableHeader>Run</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader align="right" title="Stages taken over from earlier runs">
            Reused
          </TableHeader>
          <TableHeader align="right">Duration</TableHeader>
          <TableHeader align="right">mIoU</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {trials.map(({ point, setting, run }) => (
          <TableRow key={point}>
            <TableCell align="right" className="text-ink-3">
              {point + 1}
            </TableCell>
            {plan.space.map(({ path }) => (
              <TableCell key={path} align="right" className="tabular-nums">
                {said(setting[path])}
              </TableCell>
            ))}
            <TableCell className="whitespace-nowrap">
              {run ? (
                <Link href={`/runs/${run.id}`} className="hover:text-accent hover:underline">
                  {run.name}
                </Link>
              ) : (
                <span className="text-ink-3">to come</span>
              )}
              {point === best ? (
                <Badge tone="green" className="ml-2">
                  best
                </Badge>
              ) : null}
            </TableCell>
            <TableCell>{run ? <Status status={run.status} /> : null}</TableCell>
            <TableCell align="right" className="whitespace-nowrap">
              {run ? `${run.reused} of ${run.stages}` : null}
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap">
              {run ? (
                <Elapsed from={run.startedAt} to={run.finishedAt} seconds={run.duration} />
              ) : null}
            </TableCell>
            <TableCell align="right">
              <IouFigure
                value={
                  run?.meanIou ??
                  (run && isOver(run.status)
                    ? run.status === "failed"
                      ? "failed"
                      : null
                    : "not-yet")
                }
                className="font-medium"
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
