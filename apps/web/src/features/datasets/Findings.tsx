import type { ValidationFinding } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";

const LOOKS = {
  error: { tone: "red", icon: CircleAlert },
  warning: { tone: "amber", icon: TriangleAlert },
  info: { tone: "blue", icon: Info },
} as const;

const SHOWN = 200;

const place = ({ file, line }: ValidationFinding): string =>
  file === null ? "" : line === null ? file : `${file}:${line}`;

/** What the validator found, worst first, each with its file and line. */
export function Findings({ findings }: { readonly findings: readonly ValidationFinding[] }) {
  const order = Object.keys(LOOKS);
  const sorted = findings.toSorted(
    (one, other) => order.indexOf(one.severity) - order.indexOf(other.severity),
  );
  return (
    <Card
      title="Validation"
      description={
        sorted.length > SHOWN
          ? `Showing ${SHOWN} of ${sorted.length} findings`
          : `${sorted.length === 0 ? "No" : sorted.length} findings`
      }
      flush={sorted.length > 0}
    >
      {sorted.length === 0 ? (
        <p className="text-sm text-ink-3">Sizes, labels, masks and splits all fit together.</p>
      ) : (
        <ul className="max-h-96 divide-y divide-line overflow-auto border-t border-line text-sm">
          {sorted.slice(0, SHOWN).map((finding) => {
            const { tone, icon: Icon } = LOOKS[finding.severity];
            return (
              <li
                key={`${finding.check} ${place(finding)} ${finding.message}`}
                className="flex items-start gap-3 px-4 py-2"
              >
                <Badge tone={tone} icon={<Icon aria-hidden />}>
                  {finding.check}
                </Badge>
                <span className="min-w-0 flex-1 break-words">
                  {finding.message}
                  {finding.file === null ? null : (
                    <code className="block font-mono text-xs text-ink-3">{place(finding)}</code>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
