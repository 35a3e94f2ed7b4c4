"use client";
import { LineChart } from "@seedmask/ui/charts/line-chart";
import { ParallelCoordinates } from "@seedmask/ui/charts/parallel-coordinates";
import { Breadcrumb } from "@seedmask/ui/primitives/breadcrumb";
import { Card } from "@seedmask/ui/primitives/card";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { Status } from "@seedmask/ui/primitives/status";
import { formatIou } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { useRouter } from "next/navigation";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { bestSoFar, bestTrial } from "./best-so-far.ts";
import { SWEEP_STATUS } from "./sweep-status.ts";
import { SweepActions } from "./SweepActions.tsx";
import { TrialTable } from "./TrialTable.tsx";

export type Sweep = RouterOutputs["sweeps"]["get"];

/** How far a sweep is, what it found, and every point of it. */
export function SweepScreen({ sweepId }: { readonly sweepId: string }) {
  const trpc = useTRPC();
  const sweep = useQuery(trpc.sweeps.get.queryOptions({ sweepId }));
  if (sweep.isPending) return <Loading label="Loading the sweep" shape="rows" count={8} />;
  if (sweep.isError) {
    return (
      <Failed title="The sweep could not be read" onRetry={() => void sweep.refetch()}>
        {sweep.error.message}
      </Failed>
    );
  }
  const { title, status, plan, points, done, datasetName, datasetVersion, dataset, trials } =
    sweep.data;
  const best = bestTrial(trials);
  const atOnce = plan.atOnce === 1 ? "one at a time" : `${plan.atOnce} at once`;
  return (
    <>
      <Breadcrumb
        items={[
          { key: "sweeps", node: <Link href="/sweeps">Sweeps</Link> },
          { key: "sweep", node: <span className="font-mono text-xs">{sweep.data.id}</span> },
        ]}
      />
      <PageHeader
        title={title}
        description={
          <>
            {plan.strategy === "grid" ? "Grid" : `Random, seed ${plan.seed}`} · {atOnce} ·{" "}
            <Link href={`/datasets/${dataset}`} className="hover:text-accent hover:underline">
              {datasetName} v{datasetVersion}
            </Link>{" "}
            · {sweep.data.ownerName ?? "started by the system"}
          </>
        }
        actions={<SweepActions sweep={sweep.data} best={best?.run?.id ?? null} />}
      />
      <dl className="mb-5 flex flex-wrap items-center gap-x-8 gap-y-2 text-sm">
        <div>
          <dt className="sr-only">Status</dt>
          <dd>
            <Status status={SWEEP_STATUS[status]} detail={`${done} of ${points}`} />
          </dd>
        </div>
        <div className="flex items-baseline gap-2">
          <dt className="text-ink-3">Best mIoU</dt>
          <dd>
            <IouFigure
              value={best?.run?.meanIou ?? (status === "running" ? "not-yet" : null)}
              className="text-xl font-semibold"
            />
          </dd>
        </div>
      </dl>
      <div className="grid grid-cols-1 gap-5">
        <Charts sweep={sweep.data} />
        <TrialTable sweep={sweep.data} best={best?.point ?? null} />
      </div>
    </>
  );
}

function Charts({ sweep: { plan, trials } }: { readonly sweep: Sweep }) {
  const router = useRouter();
  const { steps, values, best } = bestSoFar(trials);
  const paths = plan.space.map(({ path }) => path);
  const launched = trials.filter(({ run }) => run !== null);
  return (
    <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
      <Card title="Fields and mIoU" description="The table below has the same numbers.">
        <ParallelCoordinates
          label={`${launched.length} runs over ${paths.join(", ")} and mIoU`}
          axes={paths.map((path) => path.split(".").at(-1) ?? path)}
          scoreLabel="mIoU"
          lines={launched.map(({ point, setting, run }) => ({
            key: run?.id ?? String(point),
            label: run?.name ?? String(point + 1),
            values: paths.map((path) => setting[path] ?? null),
            score: run?.meanIou ?? null,
          }))}
          onSelect={(id) => router.push(`/runs/${id}`)}
        />
      </Card>
      <Card title="Best so far" description="In the order the runs ended">
        <LineChart
          label="Best mIoU so far by run"
          stepLabel="Run"
          format={formatIou}
          series={[
            { key: "best", label: "best so far", steps, values: best, better: "higher" },
            { key: "each", label: "each run", steps, values },
          ]}
        />
      </Card>
    </div>
  );
}
