"use client";
import type { RunConfig } from "@seedmask/core/contract";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWatchRun } from "#features/live/LiveEvents.tsx";
import { type PageTab, PageTabs } from "#features/shell/PageTabs.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { RunHeader } from "./RunHeader.tsx";

interface Tab extends PageTab {
  /** Shown where the run uses the method; the page itself says so where it does not. */
  readonly used?: (config: RunConfig) => boolean;
}

const TABS: readonly Tab[] = [
  { path: "", label: "Overview" },
  { path: "/pipeline", label: "Pipeline" },
  { path: "/gallery", label: "Gallery" },
  { path: "/classes", label: "Classes" },
  { path: "/confusion", label: "Confusion" },
  { path: "/noise", label: "Noise" },
  { path: "/cooccurrence", label: "Co-occurrence" },
  { path: "/classifier", label: "Classifier" },
  { path: "/threshold", label: "Threshold" },
  { path: "/oaa", label: "OAA", used: ({ seeds }) => seeds.method === "oaa" },
  { path: "/seam", label: "SEAM", used: ({ seeds }) => seeds.method === "seam" },
  {
    path: "/affinity",
    label: "Affinity",
    used: ({ refinement }) => refinement.kind === "affinity",
  },
  { path: "/logs", label: "Logs" },
  { path: "/config", label: "Config" },
  { path: "/artifacts", label: "Artefacts" },
  { path: "/lineage", label: "Lineage" },
];

interface RunFrameProps {
  readonly runId: string;
  readonly children: ReactNode;
}

/** Header and tabs of a run, around whichever of its pages is open. */
export function RunFrame({ runId, children }: RunFrameProps) {
  const trpc = useTRPC();
  const run = useQuery(trpc.runs.get.queryOptions({ runId }));
  useWatchRun(runId);

  if (run.isPending) return <Loading label="Loading the run" shape="rows" count={6} />;
  if (run.isError && !run.data) {
    return (
      <Failed title="The run could not be read" onRetry={() => void run.refetch()}>
        {run.error.message}
      </Failed>
    );
  }
  const { config } = run.data;
  return (
    <>
      <RunHeader run={run.data} />
      <PageTabs
        label="Run"
        base={`/runs/${runId}`}
        tabs={TABS.filter(({ used }) => used?.(config) ?? true)}
      />
      {children}
    </>
  );
}
