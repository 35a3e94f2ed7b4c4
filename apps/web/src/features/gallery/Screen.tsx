"use client";
import { Failed } from "@seedmask/ui/states/failed";
import { Empty } from "@seedmask/ui/states/empty";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Images } from "lucide-react";
import type { ReactNode } from "react";
import { useTRPC } from "#trpc/client.tsx";
import { Gallery } from "./Gallery.tsx";

export interface GalleryScreenProps {
  readonly runId: string;
}

/** Every image of a run after every stage that makes masks, worst first. */
export function GalleryScreen({ runId }: GalleryScreenProps): ReactNode {
  const trpc = useTRPC();
  const run = useQuery(trpc.runs.get.queryOptions({ runId }));
  if (run.isPending) return <Loading label="Loading the gallery" shape="tiles" count={12} />;
  if (run.isError) {
    return (
      <Failed title="The run could not be read" onRetry={() => void run.refetch()}>
        {run.error.message}
      </Failed>
    );
  }
  if (run.data.evaluations.length === 0) {
    return (
      <Empty title="No masks yet" icon={<Images />}>
        Masks appear after “Make seeds”, scored against the splits that have ground truth.
      </Empty>
    );
  }
  return <Gallery run={run.data} />;
}
