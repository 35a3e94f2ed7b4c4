import { IouFigure } from "@seedmask/ui/primitives/figure";
import { Status } from "@seedmask/ui/primitives/status";
import { Link } from "#lib/link.tsx";
import { Age } from "./Age.tsx";
import type { RunRow } from "./columns.tsx";
import { isOver, statusDetail } from "./run-status.ts";

/** The runs table of a narrow screen. */
export function RunCards({ runs }: { readonly runs: readonly RunRow[] }) {
  return (
    <ul className="grid gap-2">
      {runs.map((run) => (
        <li key={run.id}>
          <Link
            href={`/runs/${run.id}`}
            className="grid gap-2 rounded-lg border border-line bg-surface p-3"
          >
            <span className="flex items-center justify-between gap-3">
              <span className="min-w-0 truncate font-medium">{run.title ?? run.name}</span>
              <IouFigure
                value={run.meanIou ?? (isOver(run.status) ? null : "not-yet")}
                className="text-base font-semibold"
              />
            </span>
            <span className="flex items-center justify-between gap-3 text-xs text-ink-3">
              <Status status={run.status} detail={statusDetail(run)} />
              <span className="min-w-0 truncate">{run.recipe ?? run.datasetName}</span>
              <Age at={run.createdAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
