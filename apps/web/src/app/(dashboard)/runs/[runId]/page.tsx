import { RunOverviewScreen } from "#features/run/OverviewScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunPage({ params }: PageProps) {
  const { runId } = await params;
  return <RunOverviewScreen runId={runId} />;
}
