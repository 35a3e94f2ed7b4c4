import { ArtifactsScreen } from "#features/run/ArtifactsScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunArtifactsPage({ params }: PageProps) {
  const { runId } = await params;
  return <ArtifactsScreen runId={runId} />;
}
