"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Notice } from "@seedmask/ui/primitives/notice";
import { formatCount } from "@seedmask/ui/format";
import { CircleAlert, CircleCheck, Download, Info, TriangleAlert } from "lucide-react";
import { type CheckOutcome, outcomesOf } from "./checks.ts";
import { Findings } from "./Findings.tsx";
import { saveFindings } from "./save-report.ts";
import { useDataset } from "./DatasetFrame.tsx";

const LOOKS = {
  error: { icon: CircleAlert, colour: "text-red", word: "error" },
  warning: { icon: TriangleAlert, colour: "text-amber", word: "warning" },
  info: { icon: Info, colour: "text-blue", word: "remark" },
  passed: { icon: CircleCheck, colour: "text-green", word: "passed" },
} as const;

function CheckLine({ outcome }: { readonly outcome: CheckOutcome }) {
  const { icon: Icon, colour, word } = LOOKS[outcome.severity ?? "passed"];
  const count = outcome.findings.length;
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 text-sm">
      <Icon aria-hidden className={`size-4 shrink-0 ${colour}`} />
      <span className="min-w-0 flex-1">{outcome.title}</span>
      <span className="text-ink-3 tabular-nums">
        {count === 0 ? word : `${formatCount(count)} ${word}${count === 1 ? "" : "s"}`}
      </span>
    </li>
  );
}

/** Whether a dataset is fit to learn from: every check with what it found when it was imported. */
export function HealthScreen() {
  const { name, report } = useDataset();
  const outcomes = outcomesOf(report.findings);
  const warnings = outcomes.filter(({ severity }) => severity === "warning").length;
  return (
    <div className="grid grid-cols-1 gap-5">
      {warnings === 0 ? null : (
        <Notice tone="warning" title={`${warnings} checks gave warnings`}>
          They do not stop a run, but a number may not mean what it seems to.
        </Notice>
      )}
      <Card
        title="Checks"
        description={`${formatCount(report.images)} images, checked when they were imported`}
        flush
        actions={
          <>
            <Badge tone={report.ok ? "green" : "red"}>{report.ok ? "fit" : "not fit"}</Badge>
            <Button
              size="small"
              icon={<Download aria-hidden />}
              disabled={report.findings.length === 0}
              onClick={() => saveFindings(name, report.findings)}
            >
              CSV
            </Button>
          </>
        }
      >
        <ul className="divide-y divide-line border-t border-line">
          {outcomes.map((outcome) => (
            <CheckLine key={outcome.title} outcome={outcome} />
          ))}
        </ul>
      </Card>
      <Findings findings={report.findings} />
    </div>
  );
}
