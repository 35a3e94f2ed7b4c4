import { ClassifierScreen } from "#features/classifier/Screen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunClassifierPage({ params }: PageProps) {
  const { runId } = await params;
  return <ClassifierScreen runId={runId} />;
}
