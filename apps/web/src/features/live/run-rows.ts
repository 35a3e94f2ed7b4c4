import {
  type InfiniteData,
  partialMatchKey,
  type QueryClient,
  type QueryKey,
} from "@tanstack/react-query";
import type { RunEvent } from "@seedmask/db";
import type { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

export type Procedures = ReturnType<typeof useTRPC>;
type RunPage = RouterOutputs["runs"]["list"];
type RunRow = RunPage["rows"][number];

/** A list of many pages is never read anew as a whole: one event would ask for every page. */
export const isLongList = (key: QueryKey): boolean =>
  key.some((part) => partialMatchKey([part], [{ type: "infinite" }]));

/** Writes into every list, long or short, what `change` makes of its rows. */
function changeRows(queries: QueryClient, trpc: Procedures, change: (row: RunRow) => RunRow): void {
  const inPage = (page: RunPage): RunPage => {
    const rows = page.rows.map(change);
    return rows.every((row, at) => row === page.rows[at]) ? page : { ...page, rows };
  };
  for (const query of queries.getQueryCache().findAll({ queryKey: trpc.runs.list.pathKey() })) {
    if (isLongList(query.queryKey)) {
      queries.setQueryData<InfiniteData<RunPage>>(
        query.queryKey,
        (list) => list && { ...list, pages: list.pages.map(inPage) },
      );
    } else queries.setQueryData<RunPage>(query.queryKey, (page) => page && inPage(page));
  }
}

/** The newest progress of each run, into the rows that show it. */
export function writeProgress(
  queries: QueryClient,
  trpc: Procedures,
  events: readonly RunEvent[],
): void {
  const newest = new Map(
    events
      .filter(({ type }) => type === "progress")
      .map(({ runId, stage, data }) => [`${runId} ${stage}`, data?.progress ?? null]),
  );
  changeRows(queries, trpc, (row) => {
    const progress = newest.get(`${row.id} ${row.stage}`);
    return progress ? { ...row, progress } : row;
  });
}

/** Rows whose run has changed, in one request, and only where a long list shows one of them. */
export async function rereadRows(
  queries: QueryClient,
  trpc: Procedures,
  runIds: readonly string[],
): Promise<void> {
  const shown = new Set(
    queries
      .getQueriesData<InfiniteData<RunPage>>({
        queryKey: trpc.runs.list.pathKey(),
        predicate: ({ queryKey }) => isLongList(queryKey),
      })
      .flatMap(([, list]) => list?.pages ?? [])
      .flatMap(({ rows }) => rows.map(({ id }) => id)),
  );
  const ids = runIds.filter((id) => shown.has(id)).slice(0, 200);
  if (ids.length === 0) return;
  const input = trpc.runs.list.queryOptions({ filter: { ids }, limit: ids.length });
  const { rows } = await queries.fetchQuery({ ...input, staleTime: 0, gcTime: 0 });
  const fresh = new Map(rows.map((row) => [row.id, row]));
  changeRows(queries, trpc, (row) => fresh.get(row.id) ?? row);
}
