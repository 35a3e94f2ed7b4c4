import { PipelineScreen } from "#features/run/PipelineScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunPipelinePage({ params }: PageProps) {
  const { runId } = await params;
  return <PipelineScreen runId={runId} />;
}
