import type { QueryClient } from "@tanstack/react-query";
import type { RouterOutputs } from "#trpc/types.ts";
import type { RunEvent } from "@seedmask/db";
import { isLongList, type Procedures, rereadRows, writeProgress } from "./run-rows.ts";

type RunDetail = RouterOutputs["runs"]["get"];

/** Writes the newest progress of each stage into the run that is on screen. */
function withProgress(run: RunDetail, events: readonly RunEvent[]): RunDetail {
  const newest = new Map(
    events
      .filter((event) => event.type === "progress" && event.runId === run.id)
      .map((event) => [event.stage, event.data?.progress ?? null]),
  );
  if (newest.size === 0) return run;
  return {
    ...run,
    stages: run.stages.map((stage) => {
      const progress = newest.get(stage.stage);
      return progress && stage.status === "running" ? { ...stage, progress } : stage;
    }),
  };
}

/**
 * What each kind of event makes old. Progress is written in place, rows of a long list are read again
 * one by one; the rest is asked for again.
 */
export function applyEvents(
  queries: QueryClient,
  trpc: Procedures,
  events: readonly RunEvent[],
): void {
  const runIds = new Set(events.map((event) => event.runId));
  const types = new Set(events.map((event) => event.type));
  for (const runId of runIds) {
    queries.setQueryData(
      trpc.runs.get.queryKey({ runId }),
      (run) => run && withProgress(run, events),
    );
  }
  if (types.has("progress")) writeProgress(queries, trpc, events);
  if (types.has("metric")) {
    void queries.invalidateQueries(
      { queryKey: trpc.runs.metrics.pathKey() },
      { cancelRefetch: false },
    );
    void queries.invalidateQueries({ queryKey: trpc.runs.metricNames.pathKey() });
  }
  if (types.has("log")) void queries.invalidateQueries({ queryKey: trpc.logs.pathKey() });
  if (types.has("status")) {
    // A row that could not be read again stays as it was; the next event tries anew.
    rereadRows(queries, trpc, [...runIds]).catch(() => undefined);
    void queries.invalidateQueries({
      queryKey: trpc.runs.pathKey(),
      predicate: ({ queryKey }) => !isLongList(queryKey),
    });
    for (const key of [
      trpc.sweeps.pathKey(),
      trpc.evaluations.pathKey(),
      trpc.leaderboard.pathKey(),
      trpc.workers.pathKey(),
      trpc.datasets.list.pathKey(),
    ]) {
      void queries.invalidateQueries({ queryKey: key });
    }
  }
}
