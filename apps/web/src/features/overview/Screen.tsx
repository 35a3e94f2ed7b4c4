"use client";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { Attention } from "./Attention.tsx";
import { BestByDataset } from "./BestByDataset.tsx";
import { Checklist } from "./Checklist.tsx";
import { NewestImages } from "./NewestImages.tsx";
import { RunningNow } from "./RunningNow.tsx";

/** Only a new installation has it; the recipe it launches brings the whole schema of configs along. */
const Start = dynamic(() => import("./Start.tsx").then((file) => file.Start));

/** What needs me, what runs, what is best so far, what came out last. */
export function OverviewScreen() {
  const trpc = useTRPC();
  const counts = useQuery(trpc.runs.counts.queryOptions());
  const runs = Object.values(counts.data ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <PageHeader title="Overview" />
      {counts.isPending ? (
        <Loading label="Loading the overview" shape="rows" count={6} />
      ) : runs === 0 ? (
        <Start />
      ) : (
        <div className="grid grid-cols-1 gap-5">
          <Attention />
          <Checklist />
          <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
            <RunningNow />
            <BestByDataset />
          </div>
          <NewestImages />
        </div>
      )}
    </>
  );
}
