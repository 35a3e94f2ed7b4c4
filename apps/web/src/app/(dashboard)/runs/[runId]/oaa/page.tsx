import { OaaScreen } from "#features/oaa/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunOaaPage({ params }: PageProps) {
  const { runId } = await params;
  return <OaaScreen runId={runId} />;
}
