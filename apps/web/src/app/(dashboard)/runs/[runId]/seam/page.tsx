import { SeamScreen } from "#features/seam/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunSeamPage({ params }: PageProps) {
  const { runId } = await params;
  return <SeamScreen runId={runId} />;
}
