"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { formatCount } from "@seedmask/ui/format";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { thumbnailUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Dataset = RouterOutputs["datasets"]["list"][number];

export function DatasetCard({ dataset }: { readonly dataset: Dataset }) {
  const trpc = useTRPC();
  const images = useQuery(trpc.datasets.images.queryOptions({ dataset: dataset.hash, limit: 4 }));
  return (
    <Link
      href={`/datasets/${dataset.hash}`}
      className="overflow-hidden rounded-lg border border-line bg-surface hover:border-line-strong"
    >
      <span className="grid h-24 grid-cols-4 gap-px bg-sunken">
        {images.data?.rows.map(({ key, id }) => (
          <img
            key={key}
            src={thumbnailUrl(dataset.hash, key)}
            alt={id}
            loading="lazy"
            className="h-24 w-full object-cover"
          />
        ))}
      </span>
      <span className="grid gap-1.5 p-4">
        <span className="flex items-center gap-2">
          <span className="min-w-0 truncate font-medium">{dataset.name}</span>
          <Badge tone="outline">v{dataset.version}</Badge>
          {dataset.findings > 0 ? (
            <Badge tone="amber" className="ml-auto">
              {dataset.findings} findings
            </Badge>
          ) : null}
        </span>
        <span className="text-sm text-ink-2 tabular-nums">
          {formatCount(dataset.images)} images · {dataset.classes.length} classes ·{" "}
          {formatCount(dataset.masks)} masks
        </span>
        <span className="text-xs text-ink-3 tabular-nums">
          {dataset.format}, labels from {dataset.labelSource} ·{" "}
          {dataset.runs === 1 ? "1 run" : `${formatCount(dataset.runs)} runs`}
        </span>
      </span>
    </Link>
  );
}
