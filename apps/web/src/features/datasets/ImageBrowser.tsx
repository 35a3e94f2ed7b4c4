"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Input } from "@seedmask/ui/primitives/input";
import { Select } from "@seedmask/ui/primitives/select";
import { Empty } from "@seedmask/ui/states/empty";
import { Loading } from "@seedmask/ui/states/loading";
import { formatCount } from "@seedmask/ui/format";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { parseAsString, useQueryStates } from "nuqs";
import { thumbnailUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

const ALL = "all";

interface ImageBrowserProps {
  readonly dataset: RouterOutputs["datasets"]["get"];
}

/** The images themselves, by split, class and name. */
export function ImageBrowser({ dataset }: ImageBrowserProps) {
  const trpc = useTRPC();
  const [view, setView] = useQueryStates({
    split: parseAsString.withDefault(ALL),
    class: parseAsString.withDefault(ALL),
    name: parseAsString.withDefault(""),
  });
  const images = useInfiniteQuery({
    ...trpc.datasets.images.infiniteQueryOptions(
      {
        dataset: dataset.hash,
        split: view.split === ALL ? undefined : view.split,
        label: view.class === ALL ? undefined : Number(view.class),
        search: view.name || undefined,
        limit: 60,
        withTotal: true,
      },
      { getNextPageParam: (page) => page.next },
    ),
    placeholderData: keepPreviousData,
  });
  const rows = images.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = images.data?.pages[0]?.total ?? null;
  return (
    <Card
      title="Images"
      description={
        total === null ? " " : `Showing ${formatCount(rows.length)} of ${formatCount(total)}`
      }
      actions={
        <div className="flex flex-wrap gap-2">
          <Select
            aria-label="Split"
            className="w-36"
            value={view.split}
            onValueChange={(split) => void setView({ split })}
            options={[
              { value: ALL, label: "All splits" },
              ...Object.keys(dataset.splits).map((value) => ({ value, label: value })),
            ]}
          />
          <Select
            aria-label="Class"
            className="w-40"
            value={view.class}
            onValueChange={(label) => void setView({ class: label })}
            options={[
              { value: ALL, label: "All classes" },
              ...dataset.classes.map((label, index) => ({ value: String(index), label })),
            ]}
          />
          <div className="w-44">
            <Input
              type="search"
              aria-label="Part of the file name"
              placeholder="File name"
              leading={<Search aria-hidden />}
              value={view.name}
              onChange={(event) => void setView({ name: event.target.value || null })}
            />
          </div>
        </div>
      }
    >
      {images.isPending ? (
        <Loading label="Loading images" shape="tiles" count={12} />
      ) : rows.length === 0 ? (
        <Empty title="No image matches" />
      ) : (
        <>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-3">
            {rows.map(({ key, id, labels, hasMask }) => (
              <li
                key={key}
                className="[contain-intrinsic-size:auto_9rem] [content-visibility:auto]"
              >
                <Link
                  href={`/images/${dataset.hash}/${key}`}
                  className="block overflow-hidden rounded-md border border-line hover:border-line-strong"
                >
                  <img
                    src={thumbnailUrl(dataset.hash, key)}
                    alt={`${id}: ${labels.map((label) => dataset.classes[label]).join(", ")}`}
                    loading="lazy"
                    className="aspect-[4/3] w-full bg-sunken object-cover"
                  />
                  <span className="block truncate px-2 pt-1.5 text-xs font-medium">{id}</span>
                  <span className="block truncate px-2 pb-1.5 text-xs text-ink-3">
                    {labels.map((label) => dataset.classes[label]).join(", ") || "no label"}
                    {hasMask ? "" : " · no mask"}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {images.hasNextPage ? (
            <div className="mt-4 text-center">
              <Button busy={images.isFetchingNextPage} onClick={() => void images.fetchNextPage()}>
                More images
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Card>
  );
}
