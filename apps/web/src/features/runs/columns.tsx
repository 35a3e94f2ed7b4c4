import { STAGE_TITLES } from "@seedmask/core/contract";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Status } from "@seedmask/ui/primitives/status";
import Link from "next/link";
import type { ReactNode } from "react";
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
}

const meanIou = (run: RunRow): ReactNode => {
  if (run.meanIou === null) {
    return <IouFigure value={run.status === "failed" ? "failed" : isOver(run.status) ? null : "not-yet"} />;
  }
  return (
    <span className="inline-flex items-center justify-end gap-1.5">
      {run.meanIouStage && run.meanIouStage !== "predict" ? (
        <span className="text-xs text-ink-3">{STAGE_TITLES[run.meanIouStage]}</span>
      ) : null}
      <IouFigure value={run.meanIou} className="font-medium" />
    </span>
  );
};

/** The columns of the runs table, left to right. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  {
    key: "status",
    title: "Status",
    width: "9rem",
    sort: "status",
    cell: (run) => <Status status={run.status} detail={statusDetail(run)} />,
  },
  {
    key: "name",
    title: "Run",
    width: "minmax(13rem, 1.4fr)",
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
  { key: "recipe", title: "Recipe", width: "minmax(8rem, 1fr)", cell: (run) => run.recipe ?? "own" },
  {
    key: "dataset",
    title: "Dataset",
    width: "minmax(8rem, 1fr)",
    cell: (run) => (
      <Link href={`/datasets/${run.dataset}`} className="hover:text-accent hover:underline">
        {run.datasetName} <span className="text-ink-3">v{run.datasetVersion}</span>
      </Link>
    ),
  },
  {
    key: "stage",
    title: "Stage",
    width: "10rem",
    cell: (run) => (
      <span className="truncate text-ink-2">
        {run.stage ? STAGE_TITLES[run.stage] : "—"}{" "}
        <span className="text-ink-3 tabular-nums">
          {run.stagesDone}/{run.stagesTotal}
        </span>
      </span>
    ),
  },
  {
    key: "meanIou",
    title: "mIoU",
    align: "right",
    width: "9rem",
    sort: "meanIou",
    cell: meanIou,
  },
  {
    key: "classes",
    title: "IoU by class",
    width: "8rem",
    cell: (run) => <HeatCells dataset={run.datasetName} values={run.classIous ?? []} />,
  },
  {
    key: "duration",
    title: "Duration",
    align: "right",
    width: "7rem",
    sort: "duration",
    cell: (run) => <Elapsed from={run.startedAt} to={run.finishedAt} seconds={run.duration} />,
  },
  { key: "owner", title: "Owner", width: "7rem", cell: (run) => run.ownerName ?? "—" },
  {
    key: "createdAt",
    title: "Age",
    align: "right",
    width: "6rem",
    sort: "createdAt",
    cell: (run) => <Age at={run.createdAt} />,
  },
];
