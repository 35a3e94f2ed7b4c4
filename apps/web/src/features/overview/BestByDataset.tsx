"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { Badge } from "@seedmask/ui/primitives/badge";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { RunProvenance } from "#features/run/RunProvenance.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Dataset = RouterOutputs["datasets"]["list"][number];

export function BestByDataset() {
  const trpc = useTRPC();
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const used = (datasets.data ?? []).filter(({ runs }) => runs > 0);
  return (
    <Card title="Best run of each dataset" flush>
      {used.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-sm text-ink-3">No run has ended yet.</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {used.map((dataset) => (
            <li key={dataset.hash}>
              <BestLine dataset={dataset} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function BestLine({ dataset }: { readonly dataset: Dataset }) {
  const trpc = useTRPC();
  const best = useQuery(
    trpc.runs.list.queryOptions({
      filter: { dataset: [dataset.hash], status: ["succeeded"] },
      sort: { by: "meanIou", direction: "desc" },
      limit: 1,
    }),
  );
  const run = best.data?.rows[0];
  return (
    <div className="flex items-center gap-1 pr-3 text-sm hover:bg-sunken/60">
      <Link
        href={run ? `/runs/${run.id}` : `/datasets/${dataset.hash}`}
        className="grid min-w-0 flex-1 grid-cols-[1fr_auto] items-center gap-x-4 py-3 pl-4"
      >
        <span className="min-w-0">
          <span className="flex items-center gap-2">
            <span className="truncate font-medium">{dataset.name}</span>
            <span className="text-xs text-ink-3">v{dataset.version}</span>
            {run?.supervision === "masks" ? <Badge tone="violet">upper reference</Badge> : null}
          </span>
          <span className="block truncate text-xs text-ink-3">
            {run ? (run.title ?? run.name) : best.isPending ? "…" : "no finished run"}
            {run?.meanIouStage ? ` · ${STAGE_TITLES[run.meanIouStage]}` : ""}
          </span>
        </span>
        <IouFigure value={run?.meanIou ?? "not-yet"} className="text-lg font-semibold" />
      </Link>
      {run && run.meanIou !== null ? <RunProvenance run={run} /> : null}
    </div>
  );
}
