"use client";
import { Breadcrumb } from "@seedmask/ui/primitives/breadcrumb";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useLabelMap } from "@seedmask/ui/loading/label-maps";
import { classStyles } from "#lib/class-styles.ts";
import { imageUrl, truthUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";

interface ImageScreenProps {
  readonly dataset: string;
  readonly imageKey: string;
}

/** One image of a dataset with its labels and, where there is one, its true mask. */
export function ImageScreen({ dataset, imageKey }: ImageScreenProps) {
  const trpc = useTRPC();
  const version = useQuery(trpc.datasets.get.queryOptions({ dataset }));
  const image = useQuery(trpc.datasets.image.queryOptions({ dataset, key: imageKey }));
  const truth = useLabelMap(image.data?.hasMask ? truthUrl(dataset, imageKey) : null);
  if (version.isPending || image.isPending) {
    return <Loading label="Loading the image" shape="chart" />;
  }
  if (version.isError || image.isError) {
    return (
      <Failed title="The image could not be read">{(version.error ?? image.error)?.message}</Failed>
    );
  }
  const { id, width, height, labels, split, previousKey, nextKey } = image.data;
  const styles = classStyles(version.data.classes);
  const names = labels.map((label) => version.data.classes[label]).join(", ") || "no label";
  const layers =
    truth.status === "ready"
      ? [{ kind: "mask" as const, map: truth.value, styles, opacity: 0.6, outline: true }]
      : [];
  return (
    <div className="grid grid-cols-1 gap-4">
      <Breadcrumb
        items={[
          { key: "datasets", node: <Link href="/datasets">Datasets</Link> },
          {
            key: "dataset",
            node: <Link href={`/datasets/${dataset}`}>{version.data.name}</Link>,
          },
          { key: "image", node: id },
        ]}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[2fr_1fr]">
        <MaskOverlay
          src={imageUrl(dataset, imageKey)}
          width={width}
          height={height}
          layers={layers}
          description={`${id}: ${names}`}
        />
        <Card title={id} description={`${width} × ${height}, ${split}`}>
          <p className="mb-3 text-sm">{names}</p>
          <ClassLegend
            styles={styles.filter(({ label }) => label > 0 && labels.includes(label - 1))}
          />
          <div className="mt-4 flex gap-2">
            {[
              { key: previousKey, label: "Previous", icon: ChevronLeft },
              { key: nextKey, label: "Next", icon: ChevronRight },
            ].map(({ key, label, icon: Icon }) =>
              key === null ? null : (
                <Link
                  key={label}
                  href={`/images/${dataset}/${key}`}
                  className={buttonStyle({ variant: "secondary", size: "small" })}
                >
                  <Icon aria-hidden />
                  {label}
                </Link>
              ),
            )}
          </div>
        </Card>
      </div>
    </div>
  );
}
