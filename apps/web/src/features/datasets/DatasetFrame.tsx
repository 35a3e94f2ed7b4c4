"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Breadcrumb } from "@seedmask/ui/primitives/breadcrumb";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { formatCount } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { createContext, type ReactNode, use } from "react";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { type PageTab, PageTabs } from "#features/shell/PageTabs.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

export type Dataset = RouterOutputs["datasets"]["get"];

const DatasetContext = createContext<Dataset | null>(null);

/** The version the frame around this page shows. */
export function useDataset(): Dataset {
  const dataset = use(DatasetContext);
  if (dataset === null) throw new Error("useDataset: expected a DatasetFrame around, found none.");
  return dataset;
}

const TABS: readonly PageTab[] = [
  { path: "", label: "Overview" },
  { path: "/health", label: "Health" },
  { path: "/versions", label: "Versions" },
];

interface DatasetFrameProps {
  /** Hash of the version, or name of the dataset. */
  readonly hash: string;
  readonly children: ReactNode;
}

/** Header and tabs of a dataset version, around whichever of its pages is open. */
export function DatasetFrame({ hash, children }: DatasetFrameProps) {
  const trpc = useTRPC();
  const dataset = useQuery(trpc.datasets.get.queryOptions({ dataset: hash }));
  if (dataset.isPending) return <Loading label="Loading the dataset" shape="rows" count={8} />;
  if (dataset.data === undefined) {
    return (
      <Failed title="The dataset could not be read" onRetry={() => void dataset.refetch()}>
        {dataset.error?.message}
      </Failed>
    );
  }
  const { name, version, classes, splits, format, labelSource } = dataset.data;
  const facts = [
    `${formatCount(dataset.data.images)} images`,
    `${classes.length} classes`,
    `${formatCount(dataset.data.masks)} masks`,
    `${format}, labels from ${labelSource}`,
    ...Object.entries(splits).map(([split, count]) => `${split} ${formatCount(count)}`),
  ];
  return (
    <DatasetContext value={dataset.data}>
      <Breadcrumb
        items={[
          { key: "datasets", node: <Link href="/datasets">Datasets</Link> },
          { key: "dataset", node: name },
        ]}
      />
      <div className="mt-3">
        <PageHeader
          title={
            <span className="inline-flex flex-wrap items-center gap-2">
              {name} <Badge tone="outline">v{version}</Badge>
              <CopyButton value={dataset.data.hash} label="Copy hash of this version" />
            </span>
          }
          description={facts.join(" · ")}
          actions={
            <Link
              href={`/runs/new?dataset=${dataset.data.hash}`}
              className={buttonStyle({ variant: "primary", size: "medium" })}
            >
              <Play aria-hidden />
              Run on it
            </Link>
          }
        />
      </div>
      <PageTabs label="Dataset" base={`/datasets/${hash}`} tabs={TABS} />
      {children}
    </DatasetContext>
  );
}
