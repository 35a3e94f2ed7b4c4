import { ConfigScreen } from "#features/run/ConfigScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunConfigPage({ params }: PageProps) {
  const { runId } = await params;
  return <ConfigScreen runId={runId} />;
}
