"use client";
import { BarList } from "@seedmask/ui/charts/bar-list";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Breadcrumb } from "@seedmask/ui/primitives/breadcrumb";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { formatCount } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import Link from "next/link";
import { useQueryState } from "nuqs";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { CoOccurrence } from "./CoOccurrence.tsx";
import { Findings } from "./Findings.tsx";
import { ImageBrowser } from "./ImageBrowser.tsx";

export function DatasetScreen({ hash }: { readonly hash: string }) {
  const trpc = useTRPC();
  const dataset = useQuery(trpc.datasets.get.queryOptions({ dataset: hash }));
  const [, setLabel] = useQueryState("class");
  if (dataset.isPending) return <Loading label="Loading the dataset" shape="rows" count={8} />;
  if (dataset.isError) {
    return <Failed title="The dataset could not be read">{dataset.error.message}</Failed>;
  }
  const { name, version, classes, splits, report, format, labelSource } = dataset.data;
  const facts = [
    `${formatCount(dataset.data.images)} images`,
    `${classes.length} classes`,
    `${formatCount(dataset.data.masks)} masks`,
    `${format}, labels from ${labelSource}`,
    ...Object.entries(splits).map(([split, count]) => `${split} ${formatCount(count)}`),
  ];
  return (
    <>
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
      <div className="grid grid-cols-1 gap-5">
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
          <Card title="Images by class" description="A class opens its images">
            <BarList
              label="Images by class"
              format={formatCount}
              items={classes.map((title, index) => ({
                key: String(index),
                label: title,
                value: report.imagesPerClass[index] ?? 0,
              }))}
              onSelect={(key) => void setLabel(key)}
            />
          </Card>
          <Card title="Co-occurrence" description="Images that hold both classes">
            <CoOccurrence classes={classes} counts={report.coOccurrence} />
          </Card>
        </div>
        <Findings findings={report.findings} />
        <ImageBrowser dataset={dataset.data} />
      </div>
    </>
  );
}
