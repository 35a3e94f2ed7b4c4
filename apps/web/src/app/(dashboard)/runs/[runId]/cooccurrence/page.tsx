import { CoOccurrenceScreen } from "#features/cooccurrence/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunCoOccurrencePage({ params }: PageProps) {
  const { runId } = await params;
  return <CoOccurrenceScreen runId={runId} />;
}
