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
import { Link } from "#lib/link.tsx";
import { Age } from "#features/runs/Age.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

interface StagesDoneProps {
  readonly stages: RouterOutputs["workers"]["get"]["stages"];
}

/** The stages a worker took up last. */
export function StagesDone({ stages }: StagesDoneProps) {
  if (stages.length === 0) {
    return (
      <Card title="What it did">
        <p className="text-sm text-ink-3">No stage yet.</p>
      </Card>
    );
  }
  return (
    <section aria-label="What it did">
      <h2 className="mb-2 text-sm font-semibold">What it did</h2>
      <Table label="Stages it did last">
        <TableHead>
          <tr>
            <TableHeader>Run</TableHeader>
            <TableHeader>Stage</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader align="right">Time</TableHeader>
            <TableHeader align="right">Peak memory</TableHeader>
            <TableHeader align="right">Began</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {stages.map((stage) => (
            <TableRow key={`${stage.runId} ${stage.stage}`}>
              <TableCell>
                <Link href={`/runs/${stage.runId}`} className="font-medium hover:underline">
                  {stage.runName}
                </Link>
              </TableCell>
              <TableCell className="whitespace-nowrap">{STAGE_TITLES[stage.stage]}</TableCell>
              <TableCell>
                <Status status={stage.status} />
              </TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {formatDuration(stage.seconds ?? "not-yet")}
              </TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {formatBytes(stage.peakMemoryBytes ?? "not-yet")}
              </TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {stage.startedAt ? <Age at={stage.startedAt} /> : ""}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
