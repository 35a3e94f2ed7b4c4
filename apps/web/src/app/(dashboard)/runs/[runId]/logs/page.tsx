import { LogsScreen } from "#features/logs/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunLogsPage({ params }: PageProps) {
  const { runId } = await params;
  return <LogsScreen runId={runId} />;
}
