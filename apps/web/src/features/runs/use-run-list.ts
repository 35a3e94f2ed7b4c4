"use client";
import { RUN_STATUSES } from "@seedmask/core/contract";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
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

/** Pages of runs that match the view; the old ones stay on screen while new ones come. */
export function useRunList(view: RunView) {
  const trpc = useTRPC();
  const search = useDeferredValue(view.q.trim());
  const some = <T>(values: T[]): T[] | undefined => (values.length > 0 ? values : undefined);
  return useInfiniteQuery({
    ...trpc.runs.list.infiniteQueryOptions(
      {
        filter: {
          search: search || undefined,
          status: some(view.status),
          recipe: some(view.recipe),
          dataset: some(view.dataset),
        },
        sort: { by: view.sort, direction: view.order },
        limit: 50,
        withTotal: true,
      },
      { getNextPageParam: (page) => page.next },
    ),
    placeholderData: keepPreviousData,
  });
}
