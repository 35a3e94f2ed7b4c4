"use client";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Progress } from "@seedmask/ui/primitives/progress";
import { Status } from "@seedmask/ui/primitives/status";
import { formatCount } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Link } from "#lib/link.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { Findings } from "./Findings.tsx";
import { ImportSamples } from "./ImportSamples.tsx";
import { saveFindings } from "./save-report.ts";

interface ImportProgressProps {
  readonly job: RouterOutputs["datasets"]["getImport"];
  /** Looks at the same place again, once its files were mended. */
  readonly onCheckAgain: () => void;
}

/** How far a check or an import is, and what it found. */
export function ImportProgress({ job, onCheckAgain }: ImportProgressProps) {
  const { request, status, done, total, report, error, hash } = job;
  const what = request.dryRun ? "Check" : "Import";
  return (
    <div className="grid grid-cols-1 gap-5">
      <Card title={what} actions={<Status status={status} />}>
        <div className="grid gap-2 text-sm">
          {status === "running" || status === "queued" ? (
            <>
              <Progress value={total ? done / total : null} label={`${what} of ${request.name}`} />
              <p className="text-ink-3 tabular-nums">
                {total === null
                  ? status === "queued"
                    ? "Waiting for a worker"
                    : "Looking for files"
                  : `${formatCount(done)} of ${formatCount(total)} files`}
              </p>
            </>
          ) : null}
          {report ? (
            <p className="tabular-nums">
              {formatCount(report.images)} images
              {Object.entries(report.splits)
                .map(([split, count]) => ` · ${split} ${formatCount(count)}`)
                .join("")}
            </p>
          ) : null}
          {status === "succeeded" && request.dryRun && report?.ok ? (
            <p>Nothing stands in the way. Import keeps a copy of its own.</p>
          ) : null}
          {hash ? (
            <Link
              href={`/datasets/${hash}`}
              className={buttonStyle({
                variant: "primary",
                size: "medium",
                className: "justify-self-start",
              })}
            >
              Open {request.name}
            </Link>
          ) : null}
        </div>
      </Card>
      {error ? <Failed title={`${what} failed`}>{error}</Failed> : null}
      {report && report.findings.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={onCheckAgain}>Files are mended, check again</Button>
          <Button onClick={() => saveFindings(request.name, report.findings)}>Report as CSV</Button>
        </div>
      ) : null}
      {report ? <ImportSamples importId={job.id} /> : null}
      {report ? <Findings findings={report.findings} /> : null}
    </div>
  );
}
