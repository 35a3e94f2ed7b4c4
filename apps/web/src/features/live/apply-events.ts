import type { QueryClient } from "@tanstack/react-query";
import type { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import type { RunEvent } from "@seedmask/db";

type Procedures = ReturnType<typeof useTRPC>;
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

/** What each kind of event makes old. Progress is written in place; the rest is asked for again. */
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
  if (types.has("progress")) {
    void queries.invalidateQueries(
      { queryKey: trpc.runs.list.pathKey() },
      { cancelRefetch: false },
    );
  }
  if (types.has("metric")) {
    void queries.invalidateQueries(
      { queryKey: trpc.runs.metrics.pathKey() },
      { cancelRefetch: false },
    );
    void queries.invalidateQueries({ queryKey: trpc.runs.metricNames.pathKey() });
  }
  if (types.has("log")) void queries.invalidateQueries({ queryKey: trpc.logs.pathKey() });
  if (types.has("status")) {
    for (const key of [
      trpc.runs.pathKey(),
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
