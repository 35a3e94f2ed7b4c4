import { ConfusionScreen } from "#features/run/ConfusionScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunConfusionPage({ params }: PageProps) {
  const { runId } = await params;
  return <ConfusionScreen runId={runId} />;
}
