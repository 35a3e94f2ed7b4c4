"use client";
import { useQuery } from "@tanstack/react-query";
import { StageStrip } from "#features/gallery/StageStrip.tsx";
import { useTRPC } from "#trpc/client.tsx";

/** The masks of the run that ended last. */
export function NewestImages() {
  const trpc = useTRPC();
  const newest = useQuery(
    trpc.runs.list.queryOptions({ filter: { status: ["succeeded"] }, limit: 1 }),
  );
  const run = newest.data?.rows[0];
  return run ? <StageStrip runId={run.id} count={4} /> : null;
}
