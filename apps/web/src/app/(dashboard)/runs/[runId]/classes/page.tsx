import { ClassesScreen } from "#features/run/ClassesScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export default async function RunClassesPage({ params }: PageProps) {
  const { runId } = await params;
  return <ClassesScreen runId={runId} />;
}
