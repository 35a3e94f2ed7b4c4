import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { Column } from "./columns.ts";

export interface ComparedImage {
  readonly imageKey: string;
  readonly imageId: string;
  /** IoU in the baseline and in the column held against it, where the order is by change. */
  readonly left: number | null;
  readonly right: number | null;
}

export interface ComparedImages {
  readonly images: readonly ComparedImage[];
  readonly status: "pending" | "error" | "success";
  readonly message: string | null;
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

const PAGE = 60;

/** Images of two columns, by change or by name. */
export function useComparedImages(
  base: Column,
  other: Column,
  order: "gained" | "lost" | "name",
  label: number | null,
): ComparedImages {
  const trpc = useTRPC();
  const ofLabel = label === null ? {} : { label };
  const byChange = useInfiniteQuery(
    trpc.gallery.compareImages.infiniteQueryOptions(
      {
        left: base.evaluation.id,
        right: other.evaluation.id,
        first: order === "lost" ? "lost" : "gained",
        limit: PAGE,
        ...ofLabel,
      },
      { getNextPageParam: (page) => page.next, enabled: order !== "name" },
    ),
  );
  const byName = useInfiniteQuery(
    trpc.gallery.list.infiniteQueryOptions(
      {
        evaluationIds: [base.evaluation.id],
        sort: { by: "id", direction: "asc" },
        limit: PAGE,
        ...ofLabel,
      },
      { getNextPageParam: (page) => page.next, enabled: order === "name" },
    ),
  );
  const images = useMemo(
    (): readonly ComparedImage[] =>
      order === "name"
        ? (byName.data?.pages ?? []).flatMap(({ rows }) =>
            rows.map(({ imageKey, imageId }) => ({ imageKey, imageId, left: null, right: null })),
          )
        : (byChange.data?.pages ?? []).flatMap(({ rows }) => rows),
    [order, byName.data, byChange.data],
  );
  const query = order === "name" ? byName : byChange;
  const { fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = query;
  const loadMore = useCallback((): void => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    images,
    status: query.status,
    message: query.error?.message ?? null,
    more: hasNextPage,
    loadMore,
    retry: () => void refetch(),
  };
}
