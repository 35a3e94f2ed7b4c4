import { STAGE_TITLES } from "@seedmask/core/contract";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Status } from "@seedmask/ui/primitives/status";
import { Link } from "#lib/link.tsx";
import type { ReactNode } from "react";
import { RunProvenance } from "#features/run/RunProvenance.tsx";
import type { RouterInputs, RouterOutputs } from "#trpc/types.ts";
import { Age, Elapsed } from "./Age.tsx";
import { HeatCells } from "./HeatCells.tsx";
import { isOver, statusDetail } from "./run-status.ts";

export type RunRow = RouterOutputs["runs"]["list"]["rows"][number];
export type RunSort = NonNullable<RouterInputs["runs"]["list"]["sort"]>;

export interface RunColumn {
  readonly key: string;
  readonly title: string;
  readonly align?: "right";
  readonly width: string;
  readonly sort?: RunSort["by"];
  readonly cell: (run: RunRow) => ReactNode;
  /** What makes two cells equal; without it a column never counts as one that is the same throughout. */
  readonly same?: (run: RunRow) => string | number | null;
  /** Shown only once it is asked for. */
  readonly optional?: true;
}

const meanIou = (run: RunRow): ReactNode => {
  if (run.meanIou === null) {
    return (
      <IouFigure
        value={run.status === "failed" ? "failed" : isOver(run.status) ? null : "not-yet"}
      />
    );
  }
  const from = run.meanIouStage ? STAGE_TITLES[run.meanIouStage] : "";
  return (
    <span title={from} className="inline-flex items-center gap-0.5">
      {run.meanIouStage && run.meanIouStage !== "predict" ? (
        <span className="text-ink-3" aria-label={`so far, from ${from}`}>
          ~{" "}
        </span>
      ) : null}
      <IouFigure value={run.meanIou} className="font-medium" />
      <RunProvenance run={run} />
    </span>
  );
};

/** The columns of the runs table, left to right. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  {
    key: "status",
    title: "Status",
    width: "7.75rem",
    sort: "status",
    cell: (run) => <Status status={run.status} detail={statusDetail(run)} />,
    same: (run) => run.status,
  },
  {
    key: "name",
    title: "Run",
    width: "minmax(12rem, 1.8fr)",
    sort: "name",
    cell: (run) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link
          href={`/runs/${run.id}`}
          className="min-w-0 truncate font-medium text-ink hover:text-accent hover:underline"
        >
          {run.title ?? run.name}
        </Link>
        {run.supervision === "masks" ? <Badge tone="violet">upper reference</Badge> : null}
        {run.tags.map((tag) => (
          <Badge key={tag} tone="outline">
            {tag}
          </Badge>
        ))}
      </span>
    ),
  },
  {
    key: "recipe",
    title: "Recipe",
    width: "minmax(7rem, 1fr)",
    cell: (run) => run.recipe ?? "own",
    same: (run) => run.recipe,
  },
  {
    key: "dataset",
    title: "Dataset",
    width: "minmax(7.5rem, 1fr)",
    cell: (run) => (
      <Link href={`/datasets/${run.dataset}`} className="hover:text-accent hover:underline">
        {run.datasetName} <span className="text-ink-3">v{run.datasetVersion}</span>
      </Link>
    ),
    same: (run) => run.dataset,
  },
  {
    key: "stage",
    title: "Stage",
    width: "9.75rem",
    cell: (run) => (
      <span className="truncate text-ink-2">
        {run.stage ? STAGE_TITLES[run.stage] : "—"}{" "}
        <span className="text-ink-3 tabular-nums">
          {run.stagesDone}/{run.stagesTotal}
        </span>
      </span>
    ),
    same: (run) => `${run.stage} ${run.stagesDone}/${run.stagesTotal}`,
  },
  {
    key: "meanIou",
    title: "mIoU",
    align: "right",
    width: "6.5rem",
    sort: "meanIou",
    cell: meanIou,
  },
  {
    key: "classes",
    title: "IoU by class",
    width: "7.25rem",
    cell: (run) => <HeatCells dataset={run.datasetName} values={run.classIous ?? []} />,
  },
  {
    key: "seed",
    title: "Seed",
    align: "right",
    width: "5rem",
    cell: (run) => run.seed,
    same: (run) => run.seed,
    optional: true,
  },
  {
    key: "owner",
    title: "Owner",
    width: "minmax(7rem, 0.8fr)",
    cell: (run) => run.ownerName ?? <span className="text-ink-3">the system</span>,
    same: (run) => run.ownerName,
    optional: true,
  },
  {
    key: "duration",
    title: "Duration",
    align: "right",
    width: "6rem",
    sort: "duration",
    cell: (run) => <Elapsed from={run.startedAt} to={run.finishedAt} seconds={run.duration} />,
  },
  {
    key: "createdAt",
    title: "Age",
    align: "right",
    width: "6.75rem",
    sort: "createdAt",
    cell: (run) => <Age at={run.createdAt} />,
  },
];

const SELECTION = 2.75;

/** What the columns need side by side, in rem; below it the table scrolls. */
export const leastWidth = (columns: readonly RunColumn[]): number =>
  columns.reduce((sum, { width }) => sum + Number(/[\d.]+/u.exec(width)?.[0]), SELECTION);

/** The columns as a grid's, after the one of the check boxes. */
export const gridTemplate = (columns: readonly RunColumn[]): string =>
  [`${SELECTION}rem`, ...columns.map(({ width }) => width)].join(" ");

/** The name stays: a row without one is nothing. */
export const FIXED_COLUMN = "name";

interface ColumnChoice {
  /** Keys of those that are shown; null for the ones a table begins with. */
  readonly chosen: readonly string[] | null;
  /** Leaves out what is the same in every row. */
  readonly hideSame: boolean;
}

/** The columns that are shown for these runs, left to right. */
export function shownColumns(
  runs: readonly RunRow[],
  { chosen, hideSame }: ColumnChoice,
): RunColumn[] {
  return RUN_COLUMNS.filter((column) => {
    if (column.key === FIXED_COLUMN) return true;
    const wanted = chosen === null ? !column.optional : chosen.includes(column.key);
    if (!wanted || !hideSame || runs.length < 2 || !column.same) return wanted;
    return new Set(runs.map(column.same)).size > 1;
  });
}
