import type { Metadata } from "next";
import { OverviewScreen } from "#features/overview/Screen.tsx";
import { getQueryClient, Hydrate, trpc } from "#trpc/server.tsx";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.runs.counts.queryOptions()),
    queries.prefetchQuery(trpc.datasets.list.queryOptions()),
  ]);
  return (
    <Hydrate>
      <OverviewScreen />
    </Hydrate>
  );
}
