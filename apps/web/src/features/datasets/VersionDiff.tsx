"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { formatCount } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import type { ReactNode } from "react";
import { thumbnailUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Diff = RouterOutputs["datasets"]["compareVersions"];
type Image = Diff["changed"]["images"][number];

interface VersionDiffProps {
  readonly from: string;
  readonly to: string;
  readonly chooser: ReactNode;
}

/** Classes and images that came, went or changed between two versions. */
export function VersionDiff({ from, to, chooser }: VersionDiffProps) {
  const trpc = useTRPC();
  const diff = useQuery(trpc.datasets.compareVersions.queryOptions({ from, to }));
  return (
    <Card
      title="Changes"
      description="Splits, labels, ground truth and sizes; pixels are not compared"
      actions={chooser}
    >
      {diff.isPending ? (
        <Loading label="Comparing versions" shape="rows" count={4} />
      ) : diff.data === undefined ? (
        <Failed title="The versions could not be compared">{diff.error?.message}</Failed>
      ) : (
        <Changes diff={diff.data} />
      )}
    </Card>
  );
}

function Changes({ diff }: { readonly diff: Diff }) {
  const { classes, added, removed, changed } = diff;
  const none = added.total + removed.total + changed.total === 0;
  return (
    <div className="grid gap-5 text-sm">
      {classes.added.length + classes.removed.length === 0 ? null : (
        <p>
          {classes.added.length > 0 ? `New classes: ${classes.added.join(", ")}. ` : ""}
          {classes.removed.length > 0 ? `Gone: ${classes.removed.join(", ")}.` : ""}
        </p>
      )}
      {none ? (
        <p className="text-ink-3">No image came, went, or has other labels, split or masks.</p>
      ) : null}
      <ImageList title="Added" list={added} dataset={diff.newer.hash} />
      <ImageList title="Removed" list={removed} dataset={diff.older.hash} />
      <ImageList title="Changed" list={changed} dataset={diff.newer.hash} />
    </div>
  );
}

interface ImageListProps {
  readonly title: string;
  readonly list: Diff["changed"];
  /** Version that has the pictures. */
  readonly dataset: string;
}

function ImageList({ title, list, dataset }: ImageListProps) {
  if (list.total === 0) return null;
  const shown = list.images.length;
  return (
    <section aria-label={title}>
      <h3 className="mb-2 font-medium">
        {title}{" "}
        <span className="font-normal text-ink-3 tabular-nums">
          {shown < list.total
            ? `showing ${shown} of ${formatCount(list.total)}`
            : formatCount(list.total)}
        </span>
      </h3>
      <ul className="grid max-h-96 gap-2 overflow-auto sm:grid-cols-2 xl:grid-cols-3">
        {list.images.map((image) => (
          <li key={image.id} className="flex items-center gap-3">
            <img
              src={thumbnailUrl(dataset, image.key)}
              alt=""
              loading="lazy"
              className="size-12 shrink-0 rounded object-cover"
            />
            <span className="min-w-0">
              <Link
                href={`/images/${dataset}/${image.key}`}
                className="block truncate font-medium hover:underline"
              >
                {image.id}
              </Link>
              <span className="block truncate text-xs text-ink-3">{whatChanged(image)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const names = (labels: readonly string[]): string => labels.join(", ") || "no class";

/** e.g. "train → val · cat → cat, dog · mask gone" */
function whatChanged({ before, after }: Image): string {
  const only = before ?? after;
  if (before === null || after === null) {
    return only === null ? "" : `${only.split}, ${names(only.labels)}`;
  }
  const changes = [
    before.split === after.split ? "" : `${before.split} → ${after.split}`,
    names(before.labels) === names(after.labels)
      ? ""
      : `${names(before.labels)} → ${names(after.labels)}`,
    before.hasMask === after.hasMask ? "" : after.hasMask ? "mask is new" : "mask is gone",
    before.size.join() === after.size.join()
      ? ""
      : `${before.size.join("×")} → ${after.size.join("×")}`,
  ];
  return changes.filter(Boolean).join(" · ");
}
