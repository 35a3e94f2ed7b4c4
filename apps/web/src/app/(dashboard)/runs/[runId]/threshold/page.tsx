import { ThresholdScreen } from "#features/threshold/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunThresholdPage({ params }: PageProps) {
  const { runId } = await params;
  return <ThresholdScreen runId={runId} />;
}
