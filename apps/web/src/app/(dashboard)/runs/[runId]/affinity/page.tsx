import { AffinityScreen } from "#features/affinity/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunAffinityPage({ params }: PageProps) {
  const { runId } = await params;
  return <AffinityScreen runId={runId} />;
}
