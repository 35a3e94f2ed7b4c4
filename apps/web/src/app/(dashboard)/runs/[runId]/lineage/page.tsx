import { LineageScreen } from "#features/run/LineageScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunLineagePage({ params }: PageProps) {
  const { runId } = await params;
  return <LineageScreen runId={runId} />;
}
