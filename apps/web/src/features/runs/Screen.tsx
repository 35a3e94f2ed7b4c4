"use client";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { formatCount } from "@seedmask/ui/format";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { NewData } from "@seedmask/ui/states/new-data";
import { Link } from "#lib/link.tsx";
import { useCallback, useState } from "react";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { usePhone } from "#lib/use-media.ts";
import { ViewsMenu } from "#features/views/ViewsMenu.tsx";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { type RunSort, shownColumns } from "./columns.tsx";
import { RunCards } from "./RunCards.tsx";
import { RunFilters } from "./RunFilters.tsx";
import { RunTable } from "./RunTable.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { isFiltered, useRunList, useRunView } from "./use-run-list.ts";

export function RunsScreen() {
  const [view, setView] = useRunView();
  const list = useRunList(view);
  const phone = usePhone();
  /** Counts the listings begun anew: each begins at its top. */
  const [listing, setListing] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const runs = list.data?.pages.flatMap(({ rows }) => rows) ?? [];
  const columns = shownColumns(runs, { chosen: view.columns, hideSame: view.differing });
  const { fetchNextPage, hasNextPage, isFetchingNextPage, total, newRuns } = list;

  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  function onSort(by: RunSort["by"]): void {
    const turned = view.order === "desc" ? "asc" : "desc";
    void setView({ sort: by, order: by === view.sort ? turned : "desc" });
  }
  function onSelect(id: string, on: boolean): void {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    setSelected(next);
  }

  return (
    <>
      <PageHeader
        title="Runs"
        description={
          total === null ? " " : `Showing ${formatCount(runs.length)} of ${formatCount(total)}`
        }
        actions={
          <>
            {phone ? null : (
              <ColumnChooser
                view={view}
                setView={setView}
                hidden={
                  shownColumns(runs, { chosen: view.columns, hideSame: false }).length -
                  columns.length
                }
              />
            )}
            <ViewsMenu page="runs" />
          </>
        }
      />
      <RunFilters view={view} setView={setView} />
      {list.isPending ? (
        <Loading label="Loading runs" shape="rows" count={10} />
      ) : list.isError && runs.length === 0 ? (
        <Failed title="The runs could not be read" onRetry={() => void list.refetch()}>
          {list.error.message}
        </Failed>
      ) : runs.length === 0 ? (
        <NoRuns filtered={isFiltered(view)} />
      ) : (
        <div className="relative">
          {newRuns > 0 ? (
            <NewData
              onShow={() => {
                list.showNewRuns();
                setListing(listing + 1);
              }}
            >
              {newRuns === 1 ? "1 new run" : `${formatCount(newRuns)} new runs`}
            </NewData>
          ) : null}
          {phone ? (
            <>
              <RunCards runs={runs} />
              {hasNextPage ? (
                <button
                  type="button"
                  onClick={onEnd}
                  className={buttonStyle({
                    variant: "secondary",
                    size: "medium",
                    className: "mt-3 w-full",
                  })}
                >
                  More runs
                </button>
              ) : null}
            </>
          ) : (
            <RunTable
              key={listing}
              runs={runs}
              columns={columns}
              sort={{ by: view.sort, direction: view.order }}
              selected={selected}
              onSort={onSort}
              onSelect={onSelect}
              onEnd={onEnd}
            />
          )}
        </div>
      )}
      {selected.size > 0 ? (
        <SelectionBar
          runs={runs.filter(({ id }) => selected.has(id))}
          onClear={() => setSelected(new Set())}
        />
      ) : null}
    </>
  );
}

function NoRuns({ filtered }: { readonly filtered: boolean }) {
  if (filtered)
    return <Empty title="No run matches the filter">Clear it, or search for less.</Empty>;
  return (
    <Empty
      title="No runs yet"
      action={
        <Link href="/runs/new" className={buttonStyle({ variant: "primary", size: "medium" })}>
          New run
        </Link>
      }
    >
      Choose a recipe and a dataset here, or start one from a terminal:{" "}
      <code className="font-mono text-xs">
        npx seedmask run --recipe demo-tiny --dataset shapes
      </code>
    </Empty>
  );
}
