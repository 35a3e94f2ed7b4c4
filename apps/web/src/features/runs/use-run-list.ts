"use client";
import { RUN_STATUSES } from "@seedmask/core/contract";
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useDeferredValue } from "react";
import { useTRPC } from "#trpc/client.tsx";

const SORTS = ["createdAt", "name", "status", "meanIou", "duration"] as const;

const state = {
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(RUN_STATUSES)).withDefault([]),
  recipe: parseAsArrayOf(parseAsString).withDefault([]),
  dataset: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(SORTS).withDefault("createdAt"),
  /** Keys of the columns that are shown; absent for the usual ones. */
  columns: parseAsArrayOf(parseAsString),
  /** Leaves out columns that are the same in every row. */
  differing: parseAsBoolean.withDefault(false),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("desc"),
};

/** Filter, order and columns of the runs table, kept in the address. */
export const useRunView = () => useQueryStates(state);
export type RunView = ReturnType<typeof useRunView>[0];

export const isFiltered = ({ q, status, recipe, dataset }: RunView): boolean =>
  q !== "" || status.length + recipe.length + dataset.length > 0;

/** What the server is asked for. */
function useListInput(view: RunView) {
  const search = useDeferredValue(view.q.trim());
  const some = <T>(values: T[]): T[] | undefined => (values.length > 0 ? values : undefined);
  return {
    filter: {
      search: search || undefined,
      status: some(view.status),
      recipe: some(view.recipe),
      dataset: some(view.dataset),
    },
    sort: { by: view.sort, direction: view.order },
    withTotal: true,
  };
}

/**
 * Pages of runs that match the view; the old ones stay on screen while new ones come. Rows follow the
 * events, their order does not: runs that came since are counted, and shown on demand.
 */
export function useRunList(view: RunView) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const input = useListInput(view);
  const options = trpc.runs.list.infiniteQueryOptions(
    { ...input, limit: 50 },
    { getNextPageParam: (page) => page.next, staleTime: Infinity },
  );
  const list = useInfiniteQuery({ ...options, placeholderData: keepPreviousData });
  const now = useQuery(trpc.runs.list.queryOptions({ ...input, limit: 1 }));
  const total = list.data?.pages[0]?.total ?? null;
  const known = list.isPlaceholderData ? null : total;
  const latest = now.data?.total ?? known;
  return {
    ...list,
    total,
    /** Runs that match and are not in the list yet. */
    newRuns: known === null || latest === null ? 0 : Math.max(0, latest - known),
    showNewRuns: () => void queries.resetQueries({ queryKey: options.queryKey, exact: true }),
  };
}
