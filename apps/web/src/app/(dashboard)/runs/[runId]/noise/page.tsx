import { NoiseScreen } from "#features/noise/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunNoisePage({ params }: PageProps) {
  const { runId } = await params;
  return <NoiseScreen runId={runId} />;
}
